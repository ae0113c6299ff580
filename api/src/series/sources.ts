import type { Entity, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { mustSeeNodes, sees } from '../access/scope.ts';
import type { ContainerId } from '../containers/container-id.ts';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { Problem } from '../problem/problem.ts';
import { Store, StoreUnavailableError } from '../store/store.ts';
import { type Belonging, belongingOf } from '../workloads/workload-of.ts';
import { BlockChunks } from './block-chunks.ts';
import { membersOf } from './members.ts';
import type { Steps } from './steps.ts';
import { isMember, type Subject } from './subject.ts';
import type { Track } from './track.ts';
import { alone, TrackReader } from './tracks.ts';

/** All that is known of a subject on a time axis. */
export interface Found {
  readonly tracks: readonly Track[];
  /** Why it is not all, else null. */
  readonly partial: string | null;
}

/** Nodes that are read at the same time. */
const concurrency = 8;
/** Finds the blocks that a subject is in, and takes from them what a scope holds, before anything is summed. */
@Injectable()
export class Sources {
  constructor(
    private readonly live: LiveNodes,
    private readonly chunks: BlockChunks,
    private readonly nodes: KnownNodes,
    private readonly descriptions: KnownDescriptions,
    private readonly store: Store,
  ) {}

  /** Rejects with 404 for a subject that nobody knows, or that the scope does not hold. */
  async find(subject: Subject, scope: Scope, steps: Steps, metricIds: ReadonlySet<number>): Promise<Found> {
    switch (subject.kind) {
      case 'container':
        return this.container(subject.id, scope, steps, metricIds);
      case 'node':
        return this.node(subject.id, scope, steps, metricIds);
      case 'namespace':
      case 'workload':
        return this.members(subject, scope, steps, metricIds);
    }
  }

  private async container(id: ContainerId, scope: Scope, steps: Steps, metricIds: ReadonlySet<number>): Promise<Found> {
    const { nodeId, key } = id;
    const known = this.live.get(nodeId)?.entities.get(key) ?? (await this.store.entity(nodeId, key));
    const belonging = belongingOf(known?.description);
    if (known?.kind !== 'container' || belonging === undefined || !sees(scope, belonging.namespace)) {
      throw new Problem(404, 'not_found', `there is no container ${nodeId}~${key.replace('/', '~')}`);
    }
    // Network is counted per pod: the containers of a pod share it.
    const podUid = key.slice(0, key.indexOf('/'));
    const wants = (entity: Entity): boolean => entity.key === key || entity.key === podUid;
    return this.alone(nodeId, steps, metricIds, wants);
  }

  private async node(id: string, scope: Scope, steps: Steps, metricIds: ReadonlySet<number>): Promise<Found> {
    mustSeeNodes(scope);
    const node = await this.nodes.find(id);
    if (node === undefined) throw new Problem(404, 'not_found', `there is no node ${id}; see GET /api/v1/nodes`);
    return this.alone(node.record.id, steps, metricIds, ({ kind }) => kind === 'node');
  }

  private async alone(
    nodeId: string,
    steps: Steps,
    metricIds: ReadonlySet<number>,
    wants: (entity: Entity) => boolean,
  ): Promise<Found> {
    const reader = new TrackReader(steps, metricIds);
    const partial = await this.chunks.read(nodeId, steps, metricIds, (blocks) => {
      reader.take(blocks, wants);
    });
    return { tracks: reader.tracks().map(alone), partial };
  }

  private async members(
    subject: Extract<Subject, { kind: 'namespace' | 'workload' }>,
    scope: Scope,
    steps: Steps,
    metricIds: ReadonlySet<number>,
  ): Promise<Found> {
    const records = sees(scope, subject.namespace) ? await this.nodes.records() : [];
    const found: (Found & { members: number })[] = [];
    for (let next = 0; next < records.length; next += concurrency) {
      const some = records.slice(next, next + concurrency);
      const isWanted = (belonging: Belonging): boolean => isMember(belonging, subject);
      found.push(...(await Promise.all(some.map(async ({ id }) => this.membersOn(id, isWanted, steps, metricIds)))));
    }
    if (found.every(({ members, partial }) => members === 0 && partial === null)) {
      const { namespace } = subject;
      const what =
        subject.kind === 'namespace' ? namespace : `${namespace}/${subject.workload.kind}/${subject.workload.name}`;
      throw new Problem(404, 'not_found', `no container of the ${subject.kind} ${what} was seen in this time`);
    }
    const reasons = new Set(found.map(({ partial }) => partial).filter((partial) => partial !== null));
    return {
      tracks: found.flatMap(({ tracks }) => tracks),
      partial: reasons.size === 0 ? null : [...reasons].join('; '),
    };
  }

  private async membersOn(
    nodeId: string,
    isWanted: (belonging: Belonging) => boolean,
    steps: Steps,
    metricIds: ReadonlySet<number>,
  ): Promise<Found & { members: number }> {
    const reader = new TrackReader(steps, metricIds);
    const members = new Set<string>();
    try {
      const partial = await this.chunks.read(nodeId, steps, metricIds, async (blocks) => {
        const descriptions = await this.descriptions.of(nodeId, blocks);
        for (const key of membersOf(blocks, descriptions, isWanted)) members.add(key);
        reader.take(blocks, ({ key }) => members.has(key));
      });
      return { tracks: reader.tracks(), partial, members: members.size };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return { tracks: reader.tracks(), partial: error.message, members: members.size };
    }
  }
}
