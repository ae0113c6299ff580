import { limits, type PushedBlock } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { LoggedPush } from '../commit-log/commit.ts';
import { LogWriter } from '../commit-log/log-writer.ts';
import type { Refusal } from '../commit-log/refusal.ts';
import { Memory } from '../live/memory.ts';
import { Problem } from '../problem/problem.ts';
import { type NodeRecord, StoreUnavailableError } from '../store/store.ts';
import type { PushBody } from './push-body.ts';
import { PushRates } from './push-rates.ts';
import { type Sender, SenderNodes } from './sender-nodes.ts';

/** Refusals of a node are told to the other replicas this often at most, ms. */
const tellMs = 10_000;

interface Untold {
  pushes: number;
  toldMs: number;
}

/** Refuses the pushes of an agent that harms others, or that is not the only one of its node, and tells who it is. */
@Injectable()
export class Conduct {
  private readonly rates = new PushRates();
  private readonly untold = new Map<string, Untold>();

  constructor(
    private readonly nodes: SenderNodes,
    private readonly memory: Memory,
    private readonly log: LogWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * The record of who pushes. Rejects with Problem 429 `too_fast` when the node pushes more bytes than one may. Call it
   * before the body is read.
   */
  async admit(sender: Sender, byteLength: number): Promise<NodeRecord> {
    const record = await this.nodes.recordOf(sender);
    const { waitMs, isEarly } = this.rates.take(record.id, byteLength, this.clock.nowMs());
    if (waitMs === 0) return record;
    const message = `node ${record.name} pushes more than ${limits.pushBytesPerSecond} bytes a second`;
    // Who has a backlog comes to the limit too, and keeps to what it is told: that is no harm.
    if (isEarly) this.refuse(record, 'AgentOverLimit', message);
    const retryAfterSeconds = Math.ceil(waitMs / 1000);
    throw new Problem(429, 'too_fast', `${message}; keep the push and send it after ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    });
  }

  /**
   * Throws Problem 409 `superseded` when a newer start of the node's agent goes on beside this one, and Problem 422
   * `too_many_containers` when its ticks name more new containers than an hour may have. Nothing is stored then.
   */
  check(
    record: NodeRecord,
    { report }: Pick<PushBody, 'report'>,
    blocks: readonly PushedBlock[],
    skewMs: number,
  ): void {
    const node = this.memory.node(record);
    const nowMs = this.clock.nowMs();
    const sinceMs = report?.epoch === undefined ? null : node.starts.supersededMs(report.epoch, nowMs);
    if (sinceMs !== null && blocks.some(({ block: { tickTimes } }) => (tickTimes.at(-1) ?? 0) - skewMs > sinceMs)) {
      const message = `two agents push as node ${record.name}, the newer one since ${new Date(sinceMs).toISOString()}`;
      this.refuse(record, 'AgentCloned', message);
      throw new Problem(409, 'superseded', `${message}; nothing was stored: stop one of them`);
    }
    if (node.newContainers.exceeds(blocks.map(({ block }) => block))) {
      const message = `node ${record.name} names more than ${limits.newContainersPerHour} new containers in an hour`;
      this.refuse(record, 'AgentOverLimit', message);
      throw new Problem(422, 'too_many_containers', `${message}; nothing was stored: find out what starts them`);
    }
  }

  private refuse(record: NodeRecord, reason: Refusal['reason'], message: string): void {
    const key = `${record.id}/${reason}`;
    const untold = this.untold.get(key) ?? { pushes: 0, toldMs: -Infinity };
    this.untold.set(key, untold);
    untold.pushes += 1;
    const nowMs = this.clock.nowMs();
    if (nowMs - untold.toldMs < tellMs) return;
    const refusal = { reason, message, pushes: untold.pushes };
    Object.assign(untold, { pushes: 0, toldMs: nowMs });
    void this.tell(record, refusal, nowMs);
  }

  /** By the log, as everything that every replica must know. A refusal that cannot be told is told with the next. */
  private async tell(record: NodeRecord, refusal: Refusal, atMs: number): Promise<void> {
    const clockSkewMs = this.memory.node(record).clockSkewMs;
    const accepted = { blocks: [], descriptions: new Map(), report: undefined, clockSkewMs, receivedMs: atMs };
    try {
      await this.log.append(refusedPush(record.id, refusal, clockSkewMs, atMs), () => {
        this.memory.accept(record, { ...accepted, refusal });
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
}

/** What stands in the log of pushes that were refused: no block of them. */
function refusedPush(nodeId: string, refusal: Refusal, skewMs: number, atMs: number): LoggedPush {
  const nothing = { lengths: [], shifts: [], body: new Uint8Array(0) };
  return { n: nodeId, atMs, skewMs, duplicate: 0, report: null, ...nothing, refusal };
}
