import {
  restartedSchema,
  type RestartsAnswer,
  restartsAnswerSchema,
  type RestartsQuery,
  restartsQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { RestartsService } from './restarts.service.ts';

@ApiTags('containers')
@Controller('api/v1/restarts')
@Access('reader')
export class RestartsController {
  constructor(private readonly restarts: RestartsService) {}

  @Get()
  @ApiOperation({ summary: 'How often containers restarted or ran out of memory in a range, most often first' })
  @ApiResponse({ status: 200, standardSchema: restartsAnswerSchema })
  @AsCsv(tableOf(restartedSchema))
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: restartsQuerySchema }) query: RestartsQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<RestartsAnswer> {
    return this.restarts.answer(scope, query, signal);
  }
}
