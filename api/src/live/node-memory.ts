import type { AgentReport, Block, Description, NodeProblem } from '@docksnap/contract';
import type { Refusal } from '../commit-log/refusal.ts';
import { memoryMs } from '../recent/node-ticks.ts';
import type { RecentNode } from '../recent/recent.ts';
import type { KnownEntity, NodeRecord } from '../store/store.ts';
import { AgentStarts } from './agent-starts.ts';
import { seenSince, withEntities } from './known-entities.ts';
import type { LiveNode } from './live-nodes.ts';
import { NewContainers } from './new-containers.ts';
import { Refusals } from './refusals.ts';

/** A push after it was stored. */
export interface AcceptedPush {
  /** Those that came for the first time, with true times. */
  readonly blocks: readonly Block[];
  readonly descriptions: ReadonlyMap<string, Description>;
  readonly report: AgentReport | undefined;
  readonly clockSkewMs: number;
  /** When it came, by the clock of the replica that took it. */
  readonly receivedMs: number;
  /** It was refused, and has no blocks. */
  readonly refusal?: Refusal | undefined;
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
  readonly starts = new AgentStarts();
  readonly newContainers = new NewContainers();
  private readonly refusals = new Refusals();
  private heardMs = -Infinity;
  private unwritten = new Set<string>();

  constructor(
    readonly record: NodeRecord,
    private readonly recent: RecentNode,
  ) {}

  get ledger(): LiveNode['ledger'] {
    const { collected, stored, duplicate, dropped } = this.recent.ledger;
    return { collected, stored, duplicate, dropped };
  }

  blocksIn(fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly Block[] {
    return this.recent.ticks.read(fromMs, toMs, only);
  }

  problems(nowMs: number): readonly NodeProblem[] {
    return [...this.refusals.problems(nowMs), ...(this.report?.problems ?? [])];
  }

  /** Takes a push, which may have come before others that were taken already: replicas hear of them in any order. */
  accept(push: AcceptedPush, nowMs: number): void {
    if (push.receivedMs >= this.heardMs) {
      this.heardMs = push.receivedMs;
      this.clockSkewMs = push.clockSkewMs;
      if (push.report !== undefined) {
        this.report = push.report;
        this.intervalMs = push.report.intervalMs;
      }
    }
    this.judge(push);
    const before = this.lastTickMs;
    for (const block of push.blocks) if (lastTickOf(block) >= nowMs - memoryMs) this.take(block, push.descriptions);
    if (this.lastTickMs !== before) this.lastReceivedMs = push.receivedMs;
  }

  /** Lets go of what is older than 15 minutes. */
  forget(nowMs: number): void {
    this.entities = seenSince(this.entities, nowMs - memoryMs);
    this.unwritten = new Set([...this.unwritten].filter((key) => this.entities.has(key)));
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

  /** What the next push is judged by. */
  private judge({ refusal, report, blocks, receivedMs }: AcceptedPush): void {
    if (refusal !== undefined) this.refusals.hear(refusal, receivedMs);
    if (report?.epoch !== undefined) this.starts.hear(report.epoch, receivedMs, report.intervalMs);
    for (const block of blocks) this.newContainers.add(block);
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

/** When a block's last tick was taken, unix ms. */
function lastTickOf(block: Block): number {
  return block.tickTimes.at(-1) ?? 0;
}
