import type { AgentReport, PushedBlock } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { LoggedPush } from '../commit-log/commit.ts';
import { LogWriter } from '../commit-log/log-writer.ts';
import { type Claim, ClaimIndex, claimOf } from '../parts/claim.ts';
import { PartAdder } from '../parts/part-adder.ts';
import { KeyedQueue } from '../store/keyed-queue.ts';
import { type AppendResult, TickConflictError } from '../store/store.ts';
import { EpochShifts } from './epoch-shifts.ts';
import { HeldBlock } from './held-block.ts';
import { memoryMs } from './node-ticks.ts';
import { Recent } from './recent.ts';

/** A push that is to be stored. */
export interface NodePush {
  readonly nodeId: string;
  readonly blocks: readonly PushedBlock[];
  readonly report: AgentReport | undefined;
  /** By how much the agent's clock is ahead of ours, ms; 0 within tolerance. */
  readonly skewMs: number;
}

/** Stores pushes: what is recent by the log, what is older than memory reaches straight into parts. */
@Injectable()
export class PushStore {
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly recent: Recent,
    private readonly log: LogWriter,
    private readonly adder: PartAdder,
    private readonly shifts: EpochShifts,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when every block is stored, one push of a node at a time. Rejects with TickConflictError: nothing was
   * stored; with StoreUnavailableError: nothing is known to be stored, send it again.
   */
  append(push: NodePush): Promise<AppendResult> {
    return this.queue.run(push.nodeId, () => this.appendInTurn(push));
  }

  private async appendInTurn(push: NodePush): Promise<AppendResult> {
    const { nodeId } = push;
    const blocks = await this.held(push);
    const known = this.recent.node(nodeId).ticks;
    const { fresh, duplicate } = sift(nodeId, blocks, known);
    const oldMs = this.clock.nowMs() - memoryMs;
    const late = fresh.filter(({ lastTickMs }) => lastTickMs < oldMs);
    const lateAgain = await this.addLate(nodeId, late);
    const recent = fresh.filter(({ lastTickMs }) => lastTickMs >= oldMs);
    const again = ticksOf(duplicate) + lateAgain;
    if (recent.length > 0 || push.report !== undefined) await this.logAll(push, recent, again);
    else this.recent.node(nodeId).ledger.duplicate += again;
    return { stored: ticksOf(fresh) - lateAgain, duplicate: again };
  }

  private async held({ nodeId, blocks, skewMs }: NodePush): Promise<HeldBlock[]> {
    const found: HeldBlock[] = [];
    for (const { block, bytes } of blocks) {
      const shiftMs = await this.shifts.of(nodeId, block.epoch, -skewMs);
      found.push(HeldBlock.ofBlock(block, claimOf(block, bytes), shiftMs, bytes));
    }
    return found;
  }

  /** Returns the number of ticks that were there already. */
  private async addLate(nodeId: string, late: readonly HeldBlock[]): Promise<number> {
    const byWindow = Map.groupBy(late, ({ window }) => window);
    for (const [window, blocks] of byWindow) sift(nodeId, blocks, await this.adder.claims(nodeId, window));
    let again = 0;
    for (const [window, blocks] of byWindow) {
      const { stored, duplicate, conflicts } = await this.adder.add(nodeId, window, blocks);
      const [conflict] = conflicts;
      if (conflict !== undefined) throw new TickConflictError(nodeId, conflict.epoch, conflict.firstSeq);
      again += ticksOf(duplicate);
      for (const block of stored) this.recent.node(nodeId).ledger.store(block);
    }
    return again;
  }

  private async logAll(push: NodePush, blocks: readonly HeldBlock[], duplicate: number): Promise<void> {
    await this.log.append(loggedPush(push, blocks, duplicate, this.clock.nowMs()), (c) => {
      const { ticks, ledger } = this.recent.node(push.nodeId);
      for (const block of blocks) {
        block.commit = c;
        ticks.add(block);
        ledger.store(block);
      }
      ledger.duplicate += duplicate;
      if (push.report !== undefined) ledger.hear(push.report.ledger);
    });
  }
}

function loggedPush(push: NodePush, blocks: readonly HeldBlock[], duplicate: number, atMs: number): LoggedPush {
  return {
    n: push.nodeId,
    atMs,
    skewMs: push.skewMs,
    duplicate,
    report: push.report === undefined ? null : JSON.stringify(push.report),
    lengths: blocks.map(({ byteLength }) => byteLength),
    shifts: blocks.map(({ shiftMs }) => shiftMs),
    body: Buffer.concat(blocks.map(({ pushed }) => pushed)),
  };
}

interface Judge {
  judge(claim: Claim): ReturnType<ClaimIndex['judge']>;
}

/** Those that are not known, and those that are, or come twice. Throws TickConflictError. */
function sift(nodeId: string, blocks: readonly HeldBlock[], known: Judge) {
  const given = new ClaimIndex();
  const fresh: HeldBlock[] = [];
  const duplicate: HeldBlock[] = [];
  for (const block of blocks) {
    const verdicts = [known.judge(block), given.judge(block)];
    const conflict = verdicts.find((verdict) => verdict.kind === 'conflict');
    if (conflict !== undefined) throw new TickConflictError(nodeId, block.epoch, conflict.seq);
    const isKnown = verdicts.some(({ kind }) => kind === 'duplicate');
    (isKnown ? duplicate : fresh).push(block);
    given.add(block);
  }
  return { fresh, duplicate };
}

function ticksOf(blocks: readonly Claim[]): number {
  return blocks.reduce((sum, { ticks }) => sum + ticks, 0);
}
