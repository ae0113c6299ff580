import {
  groupSchema,
  type Scope,
  type TopAnswer,
  topAnswerSchema,
  type TopQuery,
  topQuerySchema,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { TopService } from './top.service.ts';

@ApiTags('series')
@Controller('api/v1/top')
@Access('reader')
export class TopController {
  constructor(private readonly top: TopService) {}

  @Get()
  @ApiOperation({ summary: 'Who uses most CPU, memory or network, grows fastest, is throttled most; by default now' })
  @ApiResponse({ status: 200, standardSchema: topAnswerSchema })
  @AsCsv(tableOf(groupSchema.extend({ value: z.number() })))
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: topQuerySchema }) query: TopQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<TopAnswer> {
    return this.top.answer(scope, query, signal);
  }
}
