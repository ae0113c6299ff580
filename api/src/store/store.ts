import type { Block, Description, Entity, LedgerEntry, PushedBlock } from '@docksnap/contract';

/** A node as the store knows it. `id` is the random key that all its documents start with. */
export interface NodeRecord {
  /** 16 hex digits. */
  readonly id: string;
  /** UID of the cluster's kube-system namespace. */
  readonly cluster: string;
  readonly name: string;
  /** The node object's UID: a re-created node is another record. */
  readonly uid: string;
}

/** A container, pod or node as last described, and its starts. Its past may be longer than this. */
export interface KnownEntity {
  readonly kind: Entity['kind'];
  readonly key: string;
  readonly description: Description | undefined;
  readonly lastSeenMs: number;
  /** Newest first. */
  readonly incarnations: readonly {
    readonly runtimeId: string;
    readonly startedAtMs: number;
    readonly lastSeenMs: number;
  }[];
}

export interface AppendResult {
  /** Ticks stored now. */
  readonly stored: number;
  /** Ticks stored before with equal bytes. */
  readonly duplicate: number;
}

/** A (epoch, seq) that was stored before with other bytes: a clone or a damaged spool. Nothing was stored. */
export class TickConflictError extends Error {
  constructor(
    readonly nodeId: string,
    readonly epoch: string,
    readonly seq: number,
  ) {
    super(
      `node ${nodeId} sent tick ${epoch}/${String(seq)} again with other content; stop the second agent or clear its spool`,
    );
  }
}

/** The database did not answer in time or refused: nothing is known to be stored, try again. */
export class StoreUnavailableError extends Error {}

/**
 * Everything that outlives a process. Resolves only after the database stored or answered; every call is bounded in
 * time and rejects with StoreUnavailableError.
 */
export abstract class Store {
  /** The record of that node, made at first sight. */
  abstract nodeFor(cluster: string, name: string, uid: string): Promise<NodeRecord>;
  abstract nodes(): Promise<readonly NodeRecord[]>;
  abstract putDescriptions(nodeId: string, descriptions: ReadonlyMap<string, Description>): Promise<void>;
  /** Those of these hashes that are stored. */
  abstract descriptions(nodeId: string, hashes: ReadonlySet<string>): Promise<ReadonlyMap<string, Description>>;
  /** Stores blocks, all or an error; shiftMs is added to their tick times at reading (clock skew). */
  abstract append(nodeId: string, blocks: readonly PushedBlock[], shiftMs: number): Promise<AppendResult>;
  /** Blocks with ticks in [fromMs, toMs], ascending, each tick once, times shifted; `only` limits decoded metrics. */
  abstract blocks(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): Promise<readonly Block[]>;
  /** All ticks of the node that were ever stored, and that came again; only the latter may be a minute behind a crash. */
  abstract totals(nodeId: string): Promise<AppendResult>;
  /** What the node's agents last said of their epochs. */
  abstract reported(nodeId: string): Promise<readonly LedgerEntry[]>;
  abstract putReported(nodeId: string, epochs: readonly LedgerEntry[]): Promise<void>;
  /** A container or pod of any age within retention, or undefined. */
  abstract entity(nodeId: string, key: string): Promise<KnownEntity | undefined>;
  /** Records what the newest blocks say of entities; one writer per node. */
  abstract putEntities(nodeId: string, entities: readonly KnownEntity[]): Promise<void>;
}
