import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Clock } from '../clock.ts';
import { type NodeRecord, Store } from '../store/store.ts';
import { KnownDescriptions } from './known-descriptions.ts';
import { Memory } from './memory.ts';
import type { NodeMemory } from './node-memory.ts';
import { memoryMs } from './recent-blocks.ts';

const everyMs = 60_000;
const retryMs = 1000;
/** Clocks of nodes may be ahead of ours by what is tolerated, and a little. */
const aheadMs = 60_000;
/** Nodes read back at once. */
const concurrency = 8;

/** Fills memory from the store at the start, empties it of what is old, and writes down what it learnt of entities. */
@Injectable()
export class MemoryKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Memory');
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private loaded = false;

  constructor(
    private readonly memory: Memory,
    private readonly store: Store,
    private readonly descriptions: KnownDescriptions,
    private readonly clock: Clock,
  ) {}

  /** Whether the last 15 minutes were read back: before that answers would have holes. */
  get ready(): boolean {
    return this.loaded;
  }

  onApplicationBootstrap(): void {
    void this.load();
    this.timer = setInterval(() => void this.tidy(), everyMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.timer);
    await this.writeAll();
  }

  /** Keeps trying until the database answers. */
  async load(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.readBack();
        this.loaded = true;
        return;
      } catch (error) {
        this.log.warn(`the last 15 minutes cannot be read back yet: ${messageOf(error)}`);
      }
      await wait(retryMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  async tidy(): Promise<void> {
    await this.writeAll();
    this.memory.forget();
  }

  private async readBack(): Promise<void> {
    const records = await this.store.nodes();
    for (let next = 0; next < records.length; next += concurrency) {
      await Promise.all(records.slice(next, next + concurrency).map((record) => this.readNode(record)));
    }
  }

  private async readNode(record: NodeRecord): Promise<void> {
    const nowMs = this.clock.nowMs();
    const blocks = await this.store.blocks(record.id, nowMs - memoryMs, nowMs + aheadMs);
    const descriptions = await this.descriptions.of(record.id, blocks);
    const node = this.memory.node(record);
    node.account.hear(await this.store.reported(record.id));
    node.totals = await this.store.totals(record.id);
    node.remember(blocks, descriptions, nowMs);
  }

  private async writeAll(): Promise<void> {
    for (const node of this.memory.everyNode()) await this.writeNode(node);
  }

  private async writeNode(node: NodeMemory): Promise<void> {
    const entities = node.takeUnwritten();
    try {
      if (entities.length > 0) await this.store.putEntities(node.record.id, entities);
      if (node.report !== null) await this.store.putReported(node.record.id, node.account.epochs);
    } catch (error) {
      node.giveBack(entities);
      this.log.warn(`what is known of node ${node.record.name} is not written yet: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
