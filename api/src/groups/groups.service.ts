import { type GroupsAnswer, type GroupsQuery, queryMetrics, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { axisOf } from '../series/metric-values.ts';
import { GroupReader } from './group-reader.ts';
import { topGroups } from './top-groups.ts';

/** A subject taken apart. */
@Injectable()
export class GroupsService {
  constructor(private readonly reader: GroupReader) {}

  async answer(scope: Scope, query: GroupsQuery, signal: AbortSignal): Promise<GroupsAnswer> {
    const { by, metrics, statistic, top } = query;
    const { resolution, found, of } = await this.reader.read(scope, query, metrics, signal);
    const entries = metrics.map((name) => {
      const { groups, whole } = of(name);
      return [name, topGroups(groups, whole, { metric: queryMetrics[name], resolution, statistic, top })] as const;
    });
    return { ...axisOf(resolution, statistic, found), by, metrics: Object.fromEntries(entries) };
  }
}
