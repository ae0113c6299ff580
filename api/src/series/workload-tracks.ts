import { type GroupKindName, type Scope, type Tier } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { type OpenedSums, SumsReader } from '../tiers/sums-reader.ts';
import { workloadOfKey } from '../tiers/workload-sums.ts';
import type { Belonging } from '../workloads/workload-of.ts';
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

  /** None where the question is finer than workloads, about steps that only samples know, or about what no sum knows. */
  async read(subject: Subject, scope: Scope, { steps, metricIds, work }: Asked, by?: GroupKindName): Promise<Summed> {
    const tier = tierOf(steps);
    if (tier === 'raw' || tier === 'm1' || !isOfWorkloads(subject, by)) return none;
    const { namespace } = subject;
    if (!sees(scope, namespace)) return none;
    const clusters = [...new Set((await this.nodes.records()).map(({ cluster }) => cluster))];
    const wanted = { steps, tier, metricIds, signal: work.signal };
    const opened = await Promise.all(clusters.map(async (cluster) => this.sums.namespace(cluster, namespace, wanted)));
    const throughMs = Math.max(...opened.map((sums) => sums.throughMs));
    const whole = stepsIn(tier, steps, throughMs, this.clock.nowMs());
    if (whole === 0) return none;
    const members = opened.flatMap((sums) => {
      const belongings = belongingsOf(sums, subject);
      work.holds(belongings.size * whole * metricIds.size);
      return sums
        .tracks(({ key }) => belongings.has(key))
        .flatMap((track): Member[] => {
          const belonging = belongings.get(track.key);
          if (belonging === undefined) return [];
          return [{ record: undefined, track: firstSteps(track, whole), belonging, name: belonging.workload.name }];
        });
    });
    // What no sum knows, a node may: where none does, there is no such thing.
    return members.length === 0 ? none : { members, tier, whole };
  }
}

type OfWorkloads = Extract<Subject, { kind: 'namespace' | 'workload' }>;

/** Whether a question is answered by workloads as a whole. */
function isOfWorkloads(subject: Subject, by: GroupKindName | undefined): subject is OfWorkloads {
  const isCoarse = by === undefined || by === 'workload' || by === 'namespace';
  return isCoarse && (subject.kind === 'namespace' || subject.kind === 'workload');
}

/** By key: the workloads of these sums that are part of the subject. */
function belongingsOf({ entities }: Pick<OpenedSums, 'entities'>, subject: OfWorkloads): Map<string, Belonging> {
  const found = new Map<string, Belonging>();
  for (const { key } of entities) {
    const workload = workloadOfKey(key);
    if (workload === undefined) continue;
    const belonging = { namespace: subject.namespace, workload, pod: '', labels: {} };
    if (isMember(belonging, subject)) found.set(key, belonging);
  }
  return found;
}
