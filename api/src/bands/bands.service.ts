import { type BandsAnswer, type BandsQuery, queryMetrics, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { GroupReader } from '../groups/group-reader.ts';
import { axisOf, valuesOf } from '../series/metric-values.ts';
import { bandsOf } from './bands-of.ts';

/** How the groups of a subject lie about each other. */
@Injectable()
export class BandsService {
  constructor(private readonly reader: GroupReader) {}

  async answer(scope: Scope, query: BandsQuery, signal: AbortSignal): Promise<BandsAnswer> {
    const { by, metrics, statistic } = query;
    const { resolution, found, of } = await this.reader.read(scope, query, metrics, signal);
    const entries = metrics.map((name) => {
      const metric = queryMetrics[name];
      const series = of(name).groups.map(({ members }) => valuesOf(metric, members, resolution, statistic));
      return [name, { unit: metric.unit, ...bandsOf(series, resolution.steps.count) }] as const;
    });
    return { ...axisOf(resolution, statistic, found), by, metrics: Object.fromEntries(entries) };
  }
}
