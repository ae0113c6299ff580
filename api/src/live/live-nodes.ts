import type { AgentReport, Block, NodeProblem, TickEvent } from '@docksnap/contract';
import type { Observable } from 'rxjs';
import type { KnownEntity, NodeRecord } from '../store/store.ts';

/** One node's last 15 minutes and present state, in memory. Read it, never change it. */
export interface LiveNode {
  readonly record: NodeRecord;
  /** Newest tick, unix ms (skew taken out), and when it arrived by our clock; null before the first. */
  readonly lastTickMs: number | null;
  readonly lastReceivedMs: number | null;
  readonly intervalMs: number;
  readonly report: AgentReport | null;
  /** Agent's clock minus ours, ms, 0 when within tolerance. */
  readonly clockSkewMs: number;
  /** Since the node is known: collected and dropped as its agents said, stored as counted; duplicate since the start. */
  readonly ledger: {
    readonly collected: number;
    readonly stored: number;
    readonly duplicate: number;
    readonly dropped: Readonly<Record<string, number>>;
  };
  /** By entity key: those of the newest tick and those gone within the last 15 minutes. */
  readonly entities: ReadonlyMap<string, KnownEntity>;
  /** Keys of the entities that the newest tick lists: these exist now. */
  readonly present: ReadonlySet<string>;
  /** Blocks with ticks in [fromMs, toMs] that memory holds, ascending, each tick once, decoded for the caller. */
  blocksIn(fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly Block[];
  /** What is wrong with the node's agent: what the server found, then what the agent says. */
  problems(nowMs: number): readonly NodeProblem[];
}

/** Blocks that memory took, in the order of their coming: with true times, each tick once. */
export interface AcceptedBlocks {
  readonly node: LiveNode;
  readonly blocks: readonly Block[];
}

/** What every list page, live stream and short range is answered from. */
export abstract class LiveNodes {
  abstract all(): readonly LiveNode[];
  abstract get(nodeId: string): LiveNode | undefined;
  /** One event per node and accepted push. */
  abstract readonly ticks: Observable<TickEvent>;
  /** The decoded blocks of each accepted push, before its tick is told. */
  abstract readonly accepted: Observable<AcceptedBlocks>;
}

/** Blocks of a range from memory and store together. `partial` says why the answer is not whole, else null. */
export abstract class BlockReader {
  abstract read(
    nodeId: string,
    fromMs: number,
    toMs: number,
    only?: ReadonlySet<number>,
  ): Promise<{ readonly blocks: readonly Block[]; readonly partial: string | null }>;
}
