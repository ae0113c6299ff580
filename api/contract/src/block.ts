import type { GroupKind } from './metrics.ts';

/**
 * A block: k ticks x n series of one node. Everything that moves or rests is one.
 * Values are integers (CPU in microseconds, memory in bytes), counters as scraped and never as rates; NaN is absent.
 */
export interface Block {
  /** One run of an agent between two starts or clock steps: 32 hex digits. With a seq it identifies a tick. */
  readonly epoch: string;
  /** Tick i has the sequence number firstSeq + i; the first tick of an epoch has 1. */
  readonly firstSeq: number;
  /** The configured distance between two scrapes, in ms. */
  readonly intervalMs: number;
  /** When each tick was taken: epoch start + monotonic clock, unix ms, ascending, whole. Length k. */
  readonly tickTimes: readonly number[];
  readonly entities: readonly Entity[];
  readonly groups: readonly Group[];
}

export type EntityKind = 'node' | 'pod' | 'container';

/** The order is the stored number of an entity kind. */
export const entityKinds: readonly EntityKind[] = ['node', 'pod', 'container'];

/** What series belong to: the node itself, a pod, or one incarnation (start) of a container. */
export interface Entity {
  readonly kind: EntityKind;
  /**
   * Unique within the node: `node`, the pod's UID, or podUid/containerName. Without Kubernetes a container is a pod of
   * its own: `docker.web-1/web-1` of the pod `docker.web-1`, in the namespace `_docker`, which none of Kubernetes' is.
   */
  readonly key: string;
  /** The runtime's id of this incarnation; empty for nodes, pods, and where it is not known. */
  readonly runtimeId: string;
  /** When this incarnation started (a counter's baseline 0), unix ms, whole; 0 when not known. */
  readonly startedAtMs: number;
  /** Hash of the description in force at the entity's last tick here: 32 hex digits, or empty when there is none. */
  readonly description: string;
  /** At which ticks it was listed: bit t mod 8 of byte t / 8, in ceil(k / 8) bytes, at least one. Absent: at all. */
  readonly listedAt?: Uint8Array;
}

/** Series of one entity that share a sample time. */
export interface Group {
  /** Index into entities. */
  readonly entity: number;
  readonly kind: GroupKind;
  /** The configured distance between two samples of this group, in ms. Absent: the block's. */
  readonly intervalMs?: number;
  /** Tick time - sample time in ms, whole, may be negative; NaN where the tick brought no new sample. Length k. */
  readonly ages: Float64Array;
  readonly columns: readonly Column[];
}

/** One series of a block. */
export interface Column {
  /** A metric's id (metrics.ts); unknown ids of newer writers are kept. */
  readonly metric: number;
  /** One whole number per tick, |v| <= 2^53 - 1; NaN where absent, always NaN where the group's age is. Length k. */
  readonly values: Float64Array;
}

/** Whether the entity was there at that tick of its block. */
export function isListed(entity: Entity, tick: number): boolean {
  return entity.listedAt === undefined || (((entity.listedAt[tick >>> 3] ?? 0) >>> (tick & 7)) & 1) === 1;
}

/** The distance between two samples that a group is meant to have, in ms: what gaps are judged by. */
export function intervalOf(block: Pick<Block, 'intervalMs'>, group: Pick<Group, 'intervalMs'>): number {
  return group.intervalMs ?? block.intervalMs;
}
