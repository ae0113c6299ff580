import type { PushedBlock } from '@docksnap/contract';
import { StoreUnavailableError } from '../../store/store.ts';
import { podHash, pushed } from '../blocks.ts';
import type { Random } from './random.ts';
import type { SimReplica } from './sim-replica.ts';

const tickMs = 10_000;

/** A node's agent: it numbers ticks, keeps what is not acknowledged, and counts. */
export class Sender {
  readonly acknowledged = new Set<PushedBlock>();
  collected = 0;
  dropped = 0;
  private readonly waiting = new Set<PushedBlock>();
  private readonly sent = new Set<PushedBlock>();
  private seq = 1;
  private lastTickMs = -Infinity;
  private cpuMicros = 0;
  private isSending = false;

  constructor(
    readonly nodeId: string,
    private readonly epoch: string,
    private readonly random: Random,
  ) {}

  get isDone(): boolean {
    return this.waiting.size === 0 && !this.isSending;
  }

  /** Takes ticks up to now, one block of them, if it is time; its counter only grows. */
  collect(nowMs: number): void {
    const due = Math.floor((nowMs - this.lastTickMs) / tickMs);
    if (due === 0) return;
    const ticks = Math.min(due, 1 + this.random.below(3));
    const tickTimes = Array.from({ length: ticks }, (_, index) => nowMs - (ticks - 1 - index) * tickMs);
    this.cpuMicros += this.random.below(1e6);
    const { epoch, seq, cpuMicros } = this;
    this.waiting.add(pushed({ epoch, seq, tickTimes, cpuMicros, containerDescription: podHash }));
    this.lastTickMs = nowMs;
    this.seq += ticks;
    // Each tick of a block shows one more than the one before.
    this.cpuMicros += ticks;
    this.collected += ticks;
  }

  /** Gives up a block that nobody has seen, as an agent whose buffer is full. */
  drop(): void {
    const unseen = this.random.one([...this.waiting].filter((block) => !this.sent.has(block)));
    if (unseen === undefined) return;
    this.waiting.delete(unseen);
    this.dropped += unseen.block.tickTimes.length;
  }

  /** Pushes some of what waits, newest or oldest first; resolves when it is answered, or the replica has died. */
  async send(replica: SimReplica): Promise<void> {
    const all = [...this.waiting];
    const some = this.random.chance(0.5) ? all.slice(0, 4) : all.slice(-4);
    if (some.length === 0 || this.isSending) return;
    this.isSending = true;
    for (const block of some) this.sent.add(block);
    try {
      const push = { nodeId: this.nodeId, blocks: some, report: undefined, skewMs: 0 };
      const answer = await Promise.race([replica.pushes.append(push), replica.collections.died]);
      if (answer === null) return;
      for (const block of some) {
        this.acknowledged.add(block);
        this.waiting.delete(block);
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    } finally {
      this.isSending = false;
    }
  }
}
