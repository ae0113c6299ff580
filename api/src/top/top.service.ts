import {
  queryMetrics,
  type Scope,
  type SeriesGroup,
  type TopAnswer,
  type TopQuery,
  topUnits,
} from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { type GroupsAsked, GroupReader } from '../groups/group-reader.ts';
import { valuesOf } from '../series/metric-values.ts';
import { subjectOf } from '../series/subject.ts';
import { rankings } from './ranking.ts';

const defaultMs = 15 * 60_000;
/** Steps of a range: enough to tell a slope from a jump. */
const points = 90;

/** Who uses most. */
@Injectable()
export class TopService {
  constructor(
    private readonly reader: GroupReader,
    private readonly clock: Clock,
  ) {}

  async answer(scope: Scope, query: TopQuery, signal: AbortSignal): Promise<TopAnswer> {
    const { by, of: kind, limit, ...selector } = query;
    const { metrics, valueOf } = rankings[by];
    const to = query.to ?? this.clock.nowMs();
    const subject = subjectOf(selector) === undefined ? { cluster: 'all' as const } : selector;
    const from = query.from ?? Math.max(0, to - defaultMs);
    const asked: GroupsAsked = { ...subject, from, to, points, statistic: 'mean', by: kind };
    const { resolution, found, of } = await this.reader.read(scope, asked, metrics, signal);
    const { steps } = resolution;
    const byKey = new Map<string, { group: SeriesGroup; series: Float64Array[] }>();
    for (const [index, name] of metrics.entries()) {
      for (const { group, members } of of(name).groups) {
        const entry = byKey.get(group.key) ?? { group, series: [] };
        entry.series[index] = valuesOf(queryMetrics[name], members, resolution, 'mean');
        byKey.set(group.key, entry);
      }
    }
    const items = [...byKey.values()]
      .map(({ group, series }) => ({ ...group, value: valueOf(series, steps.stepMs) }))
      .filter(({ value }) => !Number.isNaN(value))
      .sort((one, other) => other.value - one.value || (one.key < other.key ? -1 : 1))
      .slice(0, limit);
    const { tier, coveredShare, partial } = found;
    const toMs = steps.fromMs + steps.count * steps.stepMs;
    return { fromMs: steps.fromMs, toMs, by, of: kind, unit: topUnits[by], items, tier, coveredShare, partial };
  }
}
