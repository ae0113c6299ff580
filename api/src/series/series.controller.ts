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
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { Clock } from '../clock.ts';
import { Problem } from '../problem/problem.ts';
import { stepsOf } from './range.ts';
import { seriesTable } from './series-table.ts';
import { SeriesService } from './series.service.ts';
import { subjectOf } from './subject.ts';

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
    summary: 'Values per step of a container, node, namespace or workload; by default the last 10 minutes',
  })
  @ApiResponse({ status: 200, standardSchema: seriesAnswerSchema })
  @AsCsv(seriesTable)
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: seriesQuerySchema }) query: SeriesQuery,
  ): Promise<SeriesAnswer> {
    const subject = subjectOf(query);
    // The schema asks for one selector; what it forgets is a bug that must not answer with everything.
    if (subject === undefined) throw new Problem(422, 'invalid_query', 'name a container, node, namespace or workload');
    return this.series.answer(subject, scope, stepsOf(query, this.clock.nowMs()), query.metrics);
  }
}
