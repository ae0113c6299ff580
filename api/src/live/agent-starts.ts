import { gapMs } from '@docksnap/contract';

/** Starts remembered of one node: an agent that crashes again and again forgets no other for that. */
const mostStarts = 64;

/** A start of an agent, which says of itself in which epoch it collects. */
interface Start {
  readonly epoch: string;
  /** When it was heard first, by our clock. */
  sinceMs: number;
  /** When it was heard last, and how long after that it counts as alive. */
  heardMs: number;
  aliveMs: number;
}

/**
 * The starts of one node's agent. An agent has one after the other: of two that go on side by side the older one
 * belongs to another agent that speaks for the same node, such as one on a cloned disk.
 */
export class AgentStarts {
  /** Ascending by when they were heard first. */
  private starts: Start[] = [];

  /** Takes that an agent that collects in this epoch has pushed. */
  hear(epoch: string, atMs: number, intervalMs: number): void {
    const aliveMs = gapMs(intervalMs);
    const known = this.starts.find((start) => start.epoch === epoch);
    if (known === undefined) {
      this.starts.push({ epoch, sinceMs: atMs, heardMs: atMs, aliveMs });
    } else {
      const newest = this.starts.at(-1);
      // The newer one is gone: this one begins again.
      if (newest !== undefined && newest !== known && !isAlive(newest, atMs)) known.sinceMs = atMs;
      known.heardMs = Math.max(known.heardMs, atMs);
      known.aliveMs = aliveMs;
    }
    // Replicas hear of starts in any order and agree on which is the newest.
    this.starts.sort((one, other) => one.sinceMs - other.sinceMs || (one.epoch < other.epoch ? -1 : 1));
    this.starts = this.starts.slice(-mostStarts);
  }

  /** Since when a newer start than this epoch's goes on beside it, unix ms; null when there is none. */
  supersededMs(epoch: string, nowMs: number): number | null {
    const newest = this.starts.at(-1);
    if (newest === undefined || newest.epoch === epoch || !isAlive(newest, nowMs)) return null;
    return this.starts.some((start) => start.epoch === epoch) ? newest.sinceMs : null;
  }
}

function isAlive({ heardMs, aliveMs }: Start, nowMs: number): boolean {
  return nowMs - heardMs <= aliveMs;
}
