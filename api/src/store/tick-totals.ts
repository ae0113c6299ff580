import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Clock } from '../clock.ts';
import { Documents } from './documents.ts';
import { windowMs } from './identifiers.ts';
import { NodeStateRepository } from './node-state.repository.ts';
import { PartsRepository } from './parts.repository.ts';
import { TotalsDocument } from './schemas.ts';
import { windowsOf } from './shifted-spans.ts';
import type { AppendResult } from './store.ts';

/** Totals are written this rarely, in ms: what was stored since is counted again at the next start. */
const saveMs = 60_000;
/** Parts with ticks older than this are not looked for when counting again, so totals are written with them. */
const lateMs = windowMs;

interface Counted {
  stored: number;
  duplicate: number;
  /** Of the newest part that is counted. */
  receivedMs: number;
  savedMs: number;
}

/** What became of each node's ticks. Not safe for two pushes of a node at once: PartWriter calls it in turn. */
@Injectable()
export class TickTotals {
  private readonly documents: Documents<TotalsDocument>;
  private readonly counted = new Map<string, Counted>();

  constructor(
    @InjectModel(TotalsDocument.name) model: Model<TotalsDocument>,
    private readonly parts: PartsRepository,
    private readonly state: NodeStateRepository,
    private readonly clock: Clock,
  ) {
    this.documents = new Documents(model);
  }

  async get(nodeId: string): Promise<AppendResult> {
    const { stored, duplicate } = await this.open(nodeId);
    return { stored, duplicate };
  }

  /** A time for the node's next part: now, and later than the part before. */
  async nextReceivedMs(nodeId: string): Promise<number> {
    const { receivedMs } = await this.open(nodeId);
    return Math.max(this.clock.nowMs(), receivedMs + 1);
  }

  /** Counts a part that was stored. */
  async addPart(nodeId: string, ticks: number, receivedMs: number): Promise<void> {
    const counted = await this.open(nodeId);
    counted.stored += ticks;
    counted.receivedMs = receivedMs;
  }

  /** Counts what came again, and writes the totals when it is time or when the push reached far back. */
  async endPush(nodeId: string, duplicate: number, oldestTickMs: number): Promise<void> {
    const counted = await this.open(nodeId);
    counted.duplicate += duplicate;
    const nowMs = this.clock.nowMs();
    if (nowMs - counted.savedMs < saveMs && oldestTickMs >= nowMs - lateMs) return;
    const { stored, receivedMs } = counted;
    await this.documents.replace([{ _id: nodeId, stored, duplicate: counted.duplicate, receivedMs }]);
    counted.savedMs = nowMs;
  }

  /** Forgets what is in doubt: it is read and counted again. */
  forget(nodeId: string): void {
    this.counted.delete(nodeId);
  }

  private async open(nodeId: string): Promise<Counted> {
    const known = this.counted.get(nodeId);
    if (known !== undefined) return known;
    const kept = await this.documents.find(nodeId);
    const counted = { stored: 0, duplicate: 0, receivedMs: 0, ...kept, savedMs: this.clock.nowMs() };
    await this.countSince(nodeId, counted);
    this.counted.set(nodeId, counted);
    return counted;
  }

  /** Adds the parts that came after those that are counted. */
  private async countSince(nodeId: string, counted: Counted): Promise<void> {
    const state = await this.state.get(nodeId);
    if (state === undefined) return;
    const sinceMs = counted.receivedMs;
    const fromMs = Math.max(sinceMs - 2 * lateMs, state.oldestWindow * windowMs);
    for (const window of windowsOf(fromMs, this.clock.nowMs() + lateMs, state.shifted)) {
      for await (const part of this.parts.from(nodeId, window, 0, 'body')) {
        if (part.receivedMs <= sinceMs) continue;
        counted.stored += part.entries.reduce((sum, entry) => sum + entry.ticks, 0);
        counted.receivedMs = Math.max(counted.receivedMs, part.receivedMs);
      }
    }
  }
}
