import {
  findingSchema,
  type FindingsAnswer,
  findingsAnswerSchema,
  type FindingsQuery,
  findingsQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { FindingsService } from './findings.service.ts';

@ApiTags('findings')
@Controller('api/v1/findings')
@Access('reader')
export class FindingsController {
  constructor(private readonly findings: FindingsService) {}

  @Get()
  @ApiOperation({ summary: 'What needs attention now, most urgent first, with the evidence and where to look' })
  @ApiResponse({ status: 200, standardSchema: findingsAnswerSchema })
  @AsCsv(tableOf(findingSchema))
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: findingsQuerySchema }) query: FindingsQuery,
  ): Promise<FindingsAnswer> {
    return Promise.resolve(this.findings.answer(scope, query));
  }
}
