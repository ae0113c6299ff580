import {
  type Scope,
  type SeriesAnswer,
  seriesAnswerSchema,
  type SeriesQuery,
  seriesQuerySchema,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { Clock } from '../clock.ts';
import { stepsOf } from './range.ts';
import { seriesTable } from './series-table.ts';
import { SeriesService } from './series.service.ts';
import { mustBeSubject } from './subject.ts';

@ApiTags('series')
@Controller('api/v1/series')
@Access('reader')
export class SeriesController {
  constructor(
    private readonly series: SeriesService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Values per step of a container, pod, node, namespace, workload, of what has labels, or of the cluster; ' +
      'by default the last 10 minutes',
  })
  @ApiResponse({ status: 200, standardSchema: seriesAnswerSchema })
  @AsCsv(seriesTable)
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: seriesQuerySchema }) query: SeriesQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<SeriesAnswer> {
    const { metrics, statistic, beforeSeconds } = query;
    const steps = stepsOf(query, this.clock.nowMs());
    return this.series.answer(mustBeSubject(query), scope, steps, metrics, { statistic, beforeSeconds, signal });
  }
}
