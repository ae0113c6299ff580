import type { EventRecord } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { LiveNode } from '../live/live-nodes.ts';
import { type KnownNode, KnownNodes } from '../nodes/known-nodes.ts';
import { silenceOf } from '../nodes/silence.ts';
import type { KnownEntity } from '../store/store.ts';
import { containerEvents } from './container-events.ts';
import { Deploys } from './deploys.ts';
import { type NodeLook, nodeEvents } from './node-events.ts';
import { RecentEvents } from './recent-events.ts';

interface Seen extends NodeLook {
  /** Collections of a live node are replaced and never changed: the same one holds no news. */
  readonly entities: ReadonlyMap<string, KnownEntity>;
}

/**
 * Notices what happens by comparing memory with what it was at the last look. Every replica does: each holds every
 * node, and whoever writes events down needs nobody else's.
 */
@Injectable()
export class EventsWatch {
  private readonly seen = new Map<string, Seen>();
  private readonly deploys = new Deploys();

  constructor(
    private readonly nodes: KnownNodes,
    private readonly recent: RecentEvents,
    private readonly clock: Clock,
  ) {}

  async look(): Promise<void> {
    const nowMs = this.clock.nowMs();
    const listed = await this.nodes.listed();
    for (const node of listed) this.recent.take(this.newsOf(node, nowMs));
    const ids = new Set(listed.map(({ id }) => id));
    for (const id of this.seen.keys()) if (!ids.has(id)) this.seen.delete(id);
    this.recent.forget(nowMs);
  }

  private newsOf(node: KnownNode, nowMs: number): readonly EventRecord[] {
    const { id, record, live } = node;
    const before = this.seen.get(id);
    const entities = live?.entities ?? new Map<string, KnownEntity>();
    const now: Seen = { silence: silenceOf(node, nowMs), lastTickMs: live?.lastTickMs ?? null, entities };
    this.seen.set(id, now);
    const ofNode = before === undefined ? [] : nodeEvents(record, before, now);
    if (live === undefined || before?.entities === entities) return ofNode;
    return [...ofNode, ...this.changes(live, before?.entities)];
  }

  private changes({ record, entities }: LiveNode, before: Seen['entities'] | undefined): readonly EventRecord[] {
    return [...entities].flatMap(([key, entity]): readonly EventRecord[] => {
      const old = before?.get(key);
      if (old === entity) return [];
      if (old !== undefined) return containerEvents(record, old, entity);
      const deploy = this.deploys.take(record, entity);
      // What was there when it was first looked happened before, and in whatever order.
      return deploy === undefined || before === undefined ? [] : [deploy];
    });
  }
}
