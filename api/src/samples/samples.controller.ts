import {
  type SamplesAnswer,
  samplesAnswerSchema,
  type SamplesQuery,
  samplesQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { samplesTable } from './samples-table.ts';
import { SamplesService } from './samples.service.ts';

@ApiTags('samples')
@Controller('api/v1/samples')
@Access('reader')
export class SamplesController {
  constructor(private readonly samples: SamplesService) {}

  @Get()
  @ApiOperation({ summary: 'Samples of a container or node as they were scraped; by default of the last 10 minutes' })
  @ApiResponse({ status: 200, standardSchema: samplesAnswerSchema })
  @AsCsv(samplesTable)
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: samplesQuerySchema }) query: SamplesQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<SamplesAnswer> {
    return this.samples.answer(scope, query, signal);
  }
}
