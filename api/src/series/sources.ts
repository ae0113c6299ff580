import type { Description, Entity, GroupKindName, Scope, Tier } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import type { ContainerId } from '../containers/container-id.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { Problem } from '../problem/problem.ts';
import { type NodeRecord, Store } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { type Asked, type NodeFound, NodeTracks } from './node-tracks.ts';
import { selectionOf } from './selection.ts';
import type { Steps } from './steps.ts';
import { nameOf, type Subject } from './subject.ts';
import type { Track } from './track.ts';
import { alone } from './tracks.ts';

/** One entity of a subject: the node itself, a pod, or a container. */
export interface Member {
  readonly record: NodeRecord;
  readonly track: Track;
  /** As told last; undefined for nodes, and for an entity that was asked for by its key. */
  readonly description: Description | undefined;
}

/** All that is known of a subject on a time axis. */
export interface Found {
  readonly members: readonly Member[];
  readonly tier: Tier;
  readonly coveredShare: number;
  /** Why it is not all, else null. */
  readonly partial: string | null;
}

/** Nodes that are read at the same time. */
const concurrency = 8;

/** Finds what a subject is made of, and takes from it what a scope holds, before anything is summed. */
@Injectable()
export class Sources {
  constructor(
    private readonly live: LiveNodes,
    private readonly reader: NodeTracks,
    private readonly nodes: KnownNodes,
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * The subject as a whole, or what it is put together from by groups. Rejects with 404 for a subject that nobody
   * knows, or that the scope does not hold.
   */
  async find(subject: Subject, scope: Scope, asked: Asked, by?: GroupKindName): Promise<Found> {
    if (subject.kind === 'container') return this.container(subject.id, scope, asked);
    const selection = selectionOf(subject, scope, by);
    const records = await this.recordsOf(selection.node);
    const { members, nodes } = selection;
    const found = await this.each(records, asked, async ({ id }) =>
      members === undefined
        ? this.reader.entities(id, asked, ({ kind }) => nodes && kind === 'node')
        : this.reader.members(id, asked, members, nodes),
    );
    const isEmpty = found.every(([, { descriptions, partial }]) => descriptions.size === 0 && partial === null);
    if (subject.kind !== 'node' && subject.kind !== 'cluster' && isEmpty) {
      throw new Problem(404, 'not_found', `no container of ${nameOf(subject)} was seen in this time`);
    }
    // A node by itself is described while it is there; beside others it is a part of their sum.
    return this.together(found, asked.steps, subject.kind === 'node' && by === undefined);
  }

  private async container(id: ContainerId, scope: Scope, asked: Asked): Promise<Found> {
    const { nodeId, key } = id;
    const known = this.live.get(nodeId)?.entities.get(key) ?? (await this.store.entity(nodeId, key));
    const belonging = belongingOf(known?.description);
    const record = (await this.nodes.find(nodeId))?.record;
    const isVisible = belonging !== undefined && sees(scope, belonging.namespace);
    if (known?.kind !== 'container' || record === undefined || !isVisible) {
      throw new Problem(404, 'not_found', `there is no container ${nodeId}~${key.replace('/', '~')}`);
    }
    // Network is counted per pod: the containers of a pod share it.
    const podUid = key.slice(0, key.indexOf('/'));
    const wants = (entity: Entity): boolean => entity.key === key || entity.key === podUid;
    const found = await this.each([record], asked, async () => this.reader.entities(nodeId, asked, wants));
    return this.together(found, asked.steps, true);
  }

  /** The one node, or all. */
  private async recordsOf(node: string | undefined): Promise<readonly NodeRecord[]> {
    if (node === undefined) return this.nodes.records();
    const known = await this.nodes.find(node);
    if (known === undefined) throw new Problem(404, 'not_found', `there is no node ${node}; see GET /api/v1/nodes`);
    return [known.record];
  }

  private async each(
    records: readonly NodeRecord[],
    { work }: Asked,
    read: (record: NodeRecord) => Promise<NodeFound>,
  ): Promise<(readonly [NodeRecord, NodeFound])[]> {
    work.plan(records.length);
    const found: (readonly [NodeRecord, NodeFound])[] = [];
    for (let next = 0; next < records.length; next += concurrency) {
      const some = records.slice(next, next + concurrency);
      found.push(...(await Promise.all(some.map(async (record) => [record, await read(record)] as const))));
    }
    return found;
  }

  private together(found: readonly (readonly [NodeRecord, NodeFound])[], steps: Steps, isAlone: boolean): Found {
    const members = found.flatMap(([record, { tracks, descriptions }]) =>
      tracks.map((track): Member => {
        return { record, track: isAlone ? alone(track) : track, description: descriptions.get(track.key) };
      }),
    );
    const reasons = new Set(found.map(([, { partial }]) => partial).filter((partial) => partial !== null));
    const read = found.filter(([, { tracks }]) => tracks.length > 0).map(([, { watchedMs }]) => watchedMs);
    return {
      members,
      tier: 'raw',
      coveredShare: coveredShare(read, steps, this.clock.nowMs()),
      partial: reasons.size === 0 ? null : [...reasons].join('; '),
    };
  }
}

/** The share of the time up to now in which nodes were watched. */
function coveredShare(watched: readonly Float64Array[], { fromMs, stepMs, count }: Steps, nowMs: number): number {
  const pastMs = Math.min(fromMs + count * stepMs, nowMs) - fromMs;
  if (watched.length === 0 || pastMs <= 0) return 0;
  const watchedMs = watched.reduce((sum, steps) => sum + steps.reduce((total, ms) => total + ms, 0), 0);
  return Math.min(1, Number((watchedMs / (pastMs * watched.length)).toFixed(4)));
}
