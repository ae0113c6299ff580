import { type GroupKindName, type Scope, type Tier } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { SumsReader } from '../tiers/sums-reader.ts';
import { workloadOfKey } from '../tiers/workload-sums.ts';
import { firstSteps } from './joined-tracks.ts';
import type { Member } from './member.ts';
import type { Asked } from './node-tracks.ts';
import { isMember, type Subject } from './subject.ts';
import { stepsIn, tierOf } from './tier-of.ts';

/** The first steps of a namespace or workload, as its sums over all nodes have them. */
export interface Summed {
  readonly members: readonly Member[];
  readonly tier: Tier;
  /** How many steps these are; what is behind them is read from the nodes. */
  readonly whole: number;
}

const none: Summed = { members: [], tier: 'raw', whole: 0 };

/** Reads what was added up by workload: what makes months of a namespace over thousands of nodes readable. */
@Injectable()
export class WorkloadTracks {
  constructor(
    private readonly sums: SumsReader,
    private readonly nodes: KnownNodes,
    private readonly clock: Clock,
  ) {}

  /** None where the question is about something finer than workloads, or about steps that only samples know. */
  async read(subject: Subject, scope: Scope, { steps, metricIds, work }: Asked, by?: GroupKindName): Promise<Summed> {
    const tier = tierOf(steps);
    const isCoarse = by === undefined || by === 'workload' || by === 'namespace';
    if (tier === 'raw' || !isCoarse || (subject.kind !== 'namespace' && subject.kind !== 'workload')) return none;
    const { namespace } = subject;
    if (!sees(scope, namespace)) return none;
    const clusters = [...new Set((await this.nodes.records()).map(({ cluster }) => cluster))];
    const wanted = { steps, tier, metricIds, signal: work.signal };
    const opened = await Promise.all(clusters.map(async (cluster) => this.sums.namespace(cluster, namespace, wanted)));
    const throughMs = Math.max(...opened.map((sums) => sums.throughMs));
    const whole = stepsIn(tier, steps, throughMs, this.clock.nowMs());
    if (whole === 0) return none;
    const members = opened.flatMap((sums) =>
      sums
        .tracks(() => true)
        .flatMap((track): Member[] => {
          const workload = workloadOfKey(track.key);
          const belonging = workload && { namespace, workload, pod: '', labels: {} };
          if (belonging === undefined || !isMember(belonging, subject)) return [];
          return [{ record: undefined, track: firstSteps(track, whole), belonging, name: belonging.workload.name }];
        }),
    );
    work.holds(members.length * whole * metricIds.size);
    return { members, tier, whole };
  }
}
