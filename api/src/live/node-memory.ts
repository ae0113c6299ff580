import type { AgentReport, Block, Description } from '@docksnap/contract';
import type { AppendResult, KnownEntity, NodeRecord } from '../store/store.ts';
import { AgentAccount } from './agent-account.ts';
import { seenSince, withEntities } from './known-entities.ts';
import type { LiveNode } from './live-nodes.ts';
import { lastTickOf, memoryMs, mergeBlocks, newest } from './recent-blocks.ts';

/** A push after it was stored. */
export interface AcceptedPush {
  /** With times shifted by what the agent's clock was wrong by. */
  readonly blocks: readonly Block[];
  readonly descriptions: ReadonlyMap<string, Description>;
  readonly report: AgentReport | undefined;
  readonly clockSkewMs: number;
  /** Of the node, this push included. */
  readonly totals: AppendResult;
}

/** One node in memory. Collections are replaced and never changed, so that a reader may keep what it was given. */
export class NodeMemory implements LiveNode {
  lastTickMs: number | null = null;
  lastReceivedMs: number | null = null;
  intervalMs = 10_000;
  report: AgentReport | null = null;
  clockSkewMs = 0;
  entities: ReadonlyMap<string, KnownEntity> = new Map();
  present: ReadonlySet<string> = new Set();
  blocks: readonly Block[] = [];
  totals: AppendResult = { stored: 0, duplicate: 0 };
  readonly account = new AgentAccount();
  private unwritten = new Set<string>();

  constructor(readonly record: NodeRecord) {}

  get ledger(): LiveNode['ledger'] {
    const { collected, dropped } = this.account;
    return { collected, ...this.totals, dropped };
  }

  accept(push: AcceptedPush, nowMs: number): void {
    this.totals = push.totals;
    this.clockSkewMs = push.clockSkewMs;
    if (push.report !== undefined) {
      this.report = push.report;
      this.intervalMs = push.report.intervalMs;
      this.account.hear(push.report.ledger);
    }
    if (this.remember(push.blocks, push.descriptions, nowMs)) this.lastReceivedMs = nowMs;
  }

  /** Takes blocks, new or read back from the store; true when one of them holds a newer tick than any before. */
  remember(blocks: readonly Block[], descriptions: ReadonlyMap<string, Description>, nowMs: number): boolean {
    const before = this.lastTickMs;
    const recent = blocks.filter((block) => lastTickOf(block) >= nowMs - memoryMs);
    for (const block of recent) this.take(block, descriptions);
    this.blocks = newest(mergeBlocks(this.blocks, recent), nowMs - memoryMs);
    // Read back after a restart: when it came is not known, and it was not before it was taken.
    this.lastReceivedMs ??= this.lastTickMs;
    return this.lastTickMs !== before;
  }

  /** Lets go of what is older than 15 minutes. */
  forget(nowMs: number): void {
    this.blocks = newest(this.blocks, nowMs - memoryMs);
    this.entities = seenSince(this.entities, nowMs - memoryMs);
  }

  /** Entities to be written to the store: those changed since the last call. */
  takeUnwritten(): readonly KnownEntity[] {
    const keys = this.unwritten;
    this.unwritten = new Set();
    return [...keys].flatMap((key) => this.entities.get(key) ?? []);
  }

  /** Gives back entities that could not be written. */
  giveBack(entities: readonly KnownEntity[]): void {
    for (const entity of entities) this.unwritten.add(entity.key);
  }

  private take(block: Block, descriptions: ReadonlyMap<string, Description>): void {
    const { byKey, changed } = withEntities(this.entities, block, descriptions);
    this.entities = byKey;
    for (const key of changed) this.unwritten.add(key);
    const tickMs = lastTickOf(block);
    if (this.lastTickMs !== null && tickMs <= this.lastTickMs) return;
    this.lastTickMs = tickMs;
    this.intervalMs = block.intervalMs;
    const present = new Set(block.entities.map((entity) => entity.key));
    for (const key of this.present) if (!present.has(key)) this.unwritten.add(key);
    this.present = present;
  }
}
