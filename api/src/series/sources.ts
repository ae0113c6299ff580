import type { GroupKindName, Scope, Tier } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { ContainerId } from '../containers/container-id.ts';
import { Problem } from '../problem/problem.ts';
import type { NodeRecord } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { type Asked, type NodeFound, NodeTracks } from './node-tracks.ts';
import { joinedTracks } from './joined-tracks.ts';
import { KnownSubjects } from './known-subjects.ts';
import type { Member } from './member.ts';
import { selectionOf } from './selection.ts';
import type { Steps } from './steps.ts';
import { nameOf, type Subject } from './subject.ts';
import { after } from './tier-of.ts';
import { alone } from './tracks.ts';
import { type Summed, WorkloadTracks } from './workload-tracks.ts';

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
        const description = descriptions.get(track.key);
        const name = description?.name ?? record.name;
        return { record, track: isAlone ? alone(track) : track, belonging: belongingOf(description), name };
      }),
    );
    const reasons = new Set(found.map(([, { partial }]) => partial).filter((partial) => partial !== null));
    const read = found.filter(([, { tracks }]) => tracks.length > 0).map(([, { watchedMs }]) => watchedMs);
    return {
      members,
      tier: found.find(([, { tier }]) => tier !== 'raw')?.[1].tier ?? 'raw',
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

/** What is known from sums alone. */
function foundIn({ members, tier, whole }: Summed): Found {
  return { members, tier, coveredShare: shareWithValues(members, whole), partial: null };
}

/** The steps of sums, and behind them those that were read from the nodes: each is nowhere in the other's steps. */
function behind(head: Summed, tail: Found, count: number): Found {
  const rest = count - head.whole;
  const laid = (member: Member): Member => {
    const isHead = member.track.watchedMs.length === head.whole;
    const nowhere = { tracks: [], watchedMs: new Float64Array(isHead ? rest : head.whole) };
    const here = { tracks: [member.track], watchedMs: member.track.watchedMs };
    const [track = member.track] = (isHead ? joinedTracks(here, nowhere) : joinedTracks(nowhere, here)).tracks;
    return { ...member, track };
  };
  const { coveredShare: share } = foundIn(head);
  const coveredShare = Number(((share * head.whole + tail.coveredShare * rest) / count).toFixed(4));
  return {
    members: [...head.members, ...tail.members].map(laid),
    tier: head.tier,
    coveredShare,
    partial: tail.partial,
  };
}

/** The share of steps of which any member has a value. */
function shareWithValues(members: readonly Member[], count: number): number {
  const steps = Array.from({ length: count }, (_, index) => index);
  const known = steps.filter((index) => members.some(({ track }) => (track.watchedMs[index] ?? 0) > 0));
  return count === 0 ? 0 : Number((known.length / count).toFixed(4));
}
