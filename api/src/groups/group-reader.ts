import type { GroupKindName, LabelTerm, QueryMetricName, Scope, Statistic } from '@docksnap/contract';
import { queryMetrics } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { memberKind, metricIdsOf } from '../series/metric-values.ts';
import { stepsOf } from '../series/range.ts';
import { type Resolution, resolutionOf } from '../series/resolution.ts';
import type { Member } from '../series/member.ts';
import type { Found } from '../series/found.ts';
import { Sources } from '../series/sources.ts';
import { mustBeSubject, type Selector } from '../series/subject.ts';
import { Work } from '../series/work.ts';
import { grouped, type Grouped } from './grouped.ts';

/** What every question about groups asks. */
export interface GroupsAsked extends Selector {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly stepSeconds?: number | undefined;
  readonly points?: number | undefined;
  readonly statistic: Statistic;
  readonly by: GroupKindName;
  readonly label?: string | undefined;
  readonly labels?: readonly LabelTerm[] | undefined;
}

export interface ReadGroups {
  readonly resolution: Resolution;
  readonly found: Found;
  /** A metric's groups, and what makes the subject as a whole. */
  readonly of: (name: QueryMetricName) => { readonly groups: readonly Grouped[]; readonly whole: readonly Member[] };
}

/** Reads a subject and takes it apart. */
@Injectable()
export class GroupReader {
  constructor(
    private readonly sources: Sources,
    private readonly clock: Clock,
  ) {}

  /** Rejects as Sources.find does. */
  async read(
    scope: Scope,
    asked: GroupsAsked,
    names: readonly QueryMetricName[],
    signal: AbortSignal,
  ): Promise<ReadGroups> {
    const resolution = resolutionOf(stepsOf(asked, this.clock.nowMs()), asked.statistic);
    const question = { steps: resolution.parts, metricIds: metricIdsOf(names), work: new Work(signal) };
    const found = await this.sources.find(mustBeSubject(asked), scope, question, asked.by);
    const nodes = found.members.filter(({ track }) => track.kind === 'node');
    const isByNodes = asked.cluster !== undefined && asked.labels === undefined && asked.by === 'node';
    const of = (name: QueryMetricName) => {
      const kind = memberKind(queryMetrics[name]);
      const members = isByNodes ? nodes : found.members.filter(({ track }) => track.kind === kind);
      return { groups: grouped(members, asked), whole: nodes.length > 0 ? nodes : members };
    };
    return { resolution, found, of };
  }
}
