import { limits } from '@docksnap/contract';

/** Nodes remembered; beyond this the one that was heard longest ago may begin anew. */
const mostNodes = 20_000;

interface Bucket {
  /** Bytes that may be taken now, as of `atMs`. */
  bytes: number;
  atMs: number;
  /** Until when its sender was told to wait last. */
  toldMs: number;
}

/** What becomes of a push. */
interface Taken {
  /** After how many ms it may come; 0: it is taken. */
  readonly waitMs: number;
  /** It is not taken, and came before the time that its sender had been told. */
  readonly isEarly: boolean;
}

/** How many bytes each node has pushed to this replica lately. A push counts as limits.pushLeastBytes at least. */
export class PushRates {
  /** By node key, the one heard last at the end. */
  private readonly buckets = new Map<string, Bucket>();

  /** Takes a push into account. What is refused counts nothing. */
  take(nodeId: string, byteLength: number, nowMs: number): Taken {
    const bucket = this.filled(nodeId, nowMs);
    const wanted = Math.max(byteLength, limits.pushLeastBytes);
    if (bucket.bytes >= wanted) {
      bucket.bytes -= wanted;
      return { waitMs: 0, isEarly: false };
    }
    const waitMs = Math.ceil(((wanted - bucket.bytes) * 1000) / limits.pushBytesPerSecond);
    const isEarly = nowMs < bucket.toldMs;
    bucket.toldMs = Math.max(bucket.toldMs, nowMs + waitMs);
    return { waitMs, isEarly };
  }

  private filled(nodeId: string, nowMs: number): Bucket {
    const bucket = this.buckets.get(nodeId) ?? { bytes: limits.pushBytesAtOnce, atMs: nowMs, toldMs: 0 };
    const elapsedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.bytes = Math.min(limits.pushBytesAtOnce, bucket.bytes + (elapsedMs * limits.pushBytesPerSecond) / 1000);
    bucket.atMs = nowMs;
    this.buckets.delete(nodeId);
    this.buckets.set(nodeId, bucket);
    for (const oldest of this.buckets.keys()) {
      if (this.buckets.size <= mostNodes) break;
      this.buckets.delete(oldest);
    }
    return bucket;
  }
}
