import type { Block } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { LoggedPush } from '../commit-log/commit.ts';
import { LogWriter } from '../commit-log/log-writer.ts';
import { claimOf } from '../parts/claim.ts';
import { KeyedQueue } from '../store/keyed-queue.ts';
import type { AppendResult, NodePush } from '../store/store.ts';
import { EpochShifts } from './epoch-shifts.ts';
import { HeldBlock } from './held-block.ts';
import { LateBlocks } from './late-blocks.ts';
import { reachMs } from './node-ticks.ts';
import { Recent } from './recent.ts';
import { shifted } from './shifted.ts';
import { sift, ticksOf } from './sift.ts';

/** Stores pushes: what is recent by the log, what is older than memory reaches straight into parts. */
@Injectable()
export class PushStore {
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly recent: Recent,
    private readonly log: LogWriter,
    private readonly late: LateBlocks,
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
    const oldMs = this.clock.nowMs() - reachMs;
    const late = fresh.filter(({ lastTickMs }) => lastTickMs < oldMs);
    const lateAgain = await this.late.add(nodeId, late);
    const recent = fresh.filter(({ lastTickMs }) => lastTickMs >= oldMs);
    const again = ticksOf(duplicate) + lateAgain;
    if (recent.length > 0 || push.report !== undefined) await this.logAll(push, recent, again);
    else this.recent.node(nodeId).ledger.duplicate += again;
    return { stored: ticksOf(fresh) - lateAgain, duplicate: again, fresh: decodedOf(push, blocks, fresh) };
  }

  private async held({ nodeId, blocks, skewMs }: NodePush): Promise<HeldBlock[]> {
    const found: HeldBlock[] = [];
    for (const { block, bytes, roster } of blocks) {
      const shiftMs = await this.shifts.of(nodeId, block.epoch, -skewMs);
      found.push(HeldBlock.ofBlock(block, claimOf(block, bytes), shiftMs, bytes, roster?.roster));
    }
    return found;
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

/** The blocks of a push that were not known, as they are decoded already. */
function decodedOf(push: NodePush, held: readonly HeldBlock[], fresh: readonly HeldBlock[]): readonly Block[] {
  const wanted = new Set(fresh);
  return push.blocks.flatMap(({ block }, index) => {
    const one = held[index];
    return one !== undefined && wanted.has(one) ? [shifted(block, one.shiftMs)] : [];
  });
}
