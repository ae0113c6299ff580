import { limits } from '@docksnap/contract';

/** Nodes remembered; beyond this the one that was heard longest ago may begin anew. */
const mostNodes = 20_000;

interface Bucket {
  /** Bytes that may be taken now, as of `atMs`. */
  bytes: number;
  atMs: number;
}

/** How many bytes each node has pushed to this replica lately. A push counts as limits.pushLeastBytes at least. */
export class PushRates {
  /** By node key, the one heard last at the end. */
  private readonly buckets = new Map<string, Bucket>();

  /** Takes a push into account; returns after how many ms it may come, 0 for now. What is refused counts nothing. */
  take(nodeId: string, byteLength: number, nowMs: number): number {
    const bucket = this.filled(nodeId, nowMs);
    const wanted = Math.max(byteLength, limits.pushLeastBytes);
    if (bucket.bytes < wanted) return Math.ceil(((wanted - bucket.bytes) * 1000) / limits.pushBytesPerSecond);
    bucket.bytes -= wanted;
    return 0;
  }

  private filled(nodeId: string, nowMs: number): Bucket {
    const bucket = this.buckets.get(nodeId) ?? { bytes: limits.pushBytesAtOnce, atMs: nowMs };
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
