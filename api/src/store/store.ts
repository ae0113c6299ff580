import type { AgentReport, Block, Description, Entity, PushedBlock } from '@docksnap/contract';

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

/** A push that is to be stored. */
export interface NodePush {
  readonly nodeId: string;
  readonly blocks: readonly PushedBlock[];
  readonly report: AgentReport | undefined;
  /** By how much the agent's clock is ahead of ours, ms; 0 within tolerance. */
  readonly skewMs: number;
}

export interface AppendResult {
  /** Ticks stored now. */
  readonly stored: number;
  /** Ticks stored before with equal bytes. */
  readonly duplicate: number;
  /** The blocks that were stored now, with true times. */
  readonly fresh: readonly Block[];
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
  /**
   * Stores blocks, all or an error; what the clock of an epoch's agent is wrong by, as found with its first push, is
   * taken out of its times at reading.
   */
  abstract append(push: NodePush): Promise<AppendResult>;
  /** Blocks with ticks in [fromMs, toMs], ascending, each tick once; `only` limits decoded metrics. */
  abstract blocks(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): Promise<readonly Block[]>;
  /** Of these those that are known without the database: the last 15 minutes, and what is not in parts yet. */
  abstract recentBlocks(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly Block[];
  /** A container or pod of any age within retention, or undefined. */
  abstract entity(nodeId: string, key: string): Promise<KnownEntity | undefined>;
  /** Records what the newest blocks say of entities; one writer per node. */
  abstract putEntities(nodeId: string, entities: readonly KnownEntity[]): Promise<void>;
}
