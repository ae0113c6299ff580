import { type HeatMapAnswer, type HeatMapQuery, queryMetrics, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { GroupReader } from '../groups/group-reader.ts';
import { axisOf, valuesOf } from '../series/metric-values.ts';
import { countsOf, edgesOf } from './buckets.ts';

/** How values are spread over the groups of a subject, over time. */
@Injectable()
export class HeatMapService {
  constructor(private readonly reader: GroupReader) {}

  async answer(scope: Scope, query: HeatMapQuery, signal: AbortSignal): Promise<HeatMapAnswer> {
    const { by, metric: name, statistic, buckets } = query;
    const { resolution, found, of } = await this.reader.read(scope, query, [name], signal);
    const metric = queryMetrics[name];
    const series = of(name).groups.map(({ members }) => valuesOf(metric, members, resolution, statistic));
    const edges = edgesOf(series, buckets);
    const counts = countsOf(series, edges, resolution.steps.count);
    return { ...axisOf(resolution, statistic, found), by, metric: name, unit: metric.unit, edges, counts };
  }
}
