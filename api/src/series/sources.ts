import type { GroupKindName, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { ContainerId } from '../containers/container-id.ts';
import { Problem } from '../problem/problem.ts';
import { eachNode, partialOf } from '../nodes/each-node.ts';
import type { NodeRecord } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { type Asked, type NodeFound, NodeTracks } from './node-tracks.ts';
import { behind, coveredShare, type Found, foundIn } from './found.ts';
import { KnownSubjects } from './known-subjects.ts';
import type { Member } from './member.ts';
import { selectionOf } from './selection.ts';
import type { Steps } from './steps.ts';
import { nameOf, type Subject } from './subject.ts';
import { after } from './tier-of.ts';
import { alone } from './tracks.ts';
import { WorkloadTracks } from './workload-tracks.ts';

/** Finds what a subject is made of, and takes from it what a scope holds, before anything is summed. */
@Injectable()
export class Sources {
  constructor(
    private readonly subjects: KnownSubjects,
    private readonly reader: NodeTracks,
    private readonly workloads: WorkloadTracks,
    private readonly clock: Clock,
  ) {}

  /**
   * The subject as a whole, or what it is put together from by groups. Rejects with 404 for a subject that nobody
   * knows, or that the scope does not hold.
   */
  async find(subject: Subject, scope: Scope, asked: Asked, by?: GroupKindName): Promise<Found> {
    // Known before anything is read: an axis of its length is held for everything.
    asked.work.holds(asked.steps.count);
    if (subject.kind === 'container') return this.container(subject.id, scope, asked);
    const head = await this.workloads.read(subject, scope, asked, by);
    if (head.whole === asked.steps.count) return foundIn(head);
    const tail = await this.onNodes(subject, scope, { ...asked, steps: after(asked.steps, head.whole) }, by);
    if (subject.kind !== 'node' && subject.kind !== 'cluster' && head.whole === 0 && tail.isUnknown) {
      throw new Problem(404, 'not_found', `no container of ${nameOf(subject)} was seen in this time`);
    }
    return head.whole === 0 ? tail.found : behind(head, tail.found, asked.steps.count);
  }

  private async onNodes(
    subject: Exclude<Subject, { kind: 'container' }>,
    scope: Scope,
    asked: Asked,
    by: GroupKindName | undefined,
  ): Promise<{ found: Found; isUnknown: boolean }> {
    const selection = selectionOf(subject, scope, by);
    const records = await this.subjects.records(selection.node);
    const { members, nodes } = selection;
    const found = await this.each(records, asked, async ({ id }) =>
      members === undefined
        ? this.reader.entities(id, asked, ({ kind }) => nodes && kind === 'node')
        : this.reader.members(id, asked, members, nodes),
    );
    // A node by itself is described while it is there; beside others it is a part of their sum.
    const isAlone = subject.kind === 'node' && by === undefined;
    return {
      found: this.together(found, asked.steps, isAlone),
      isUnknown: found.every(([, { descriptions, partial }]) => descriptions.size === 0 && partial === null),
    };
  }

  private async container(id: ContainerId, scope: Scope, asked: Asked): Promise<Found> {
    const record = await this.subjects.nodeOf(id, scope);
    // Network is counted per pod: the containers of a pod share it.
    const podUid = id.key.slice(0, id.key.indexOf('/'));
    const found = await this.each([record], asked, async () =>
      this.reader.entities(record.id, asked, ({ key }) => key === id.key || key === podUid),
    );
    return this.together(found, asked.steps, true);
  }

  private async each(
    records: readonly NodeRecord[],
    { work, steps }: Asked,
    read: (record: NodeRecord) => Promise<NodeFound>,
  ): Promise<(readonly [NodeRecord, NodeFound])[]> {
    work.plan(records.length);
    work.holds(records.length * steps.count);
    return eachNode(records, async (record) => [record, await read(record)] as const, work.signal);
  }

  private together(found: readonly (readonly [NodeRecord, NodeFound])[], steps: Steps, isAlone: boolean): Found {
    const members = found.flatMap(([record, { tracks, descriptions }]) =>
      tracks.map((track): Member => {
        const description = descriptions.get(track.key);
        const name = description?.name ?? record.name;
        return { record, track: isAlone ? alone(track) : track, belonging: belongingOf(description), name };
      }),
    );
    const read = found.filter(([, { tracks }]) => tracks.length > 0).map(([, { watchedMs }]) => watchedMs);
    return {
      members,
      tier: found.find(([, { tier }]) => tier !== 'raw')?.[1].tier ?? 'raw',
      coveredShare: coveredShare(read, steps, this.clock.nowMs()),
      partial: partialOf(found.map(([, one]) => one)),
    };
  }
}
