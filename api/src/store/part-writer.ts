import { createHash } from 'node:crypto';
import type { PushedBlock } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { partId, windowOf } from './identifiers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { NodeStateRepository } from './node-state.repository.ts';
import { PartsRepository } from './parts.repository.ts';
import type { PartEntry } from './schemas.ts';
import { type AppendResult, StoreUnavailableError, TickConflictError } from './store.ts';
import { TickTotals } from './tick-totals.ts';
import { ClaimIndex, type Claims, judge } from './window-index.ts';
import { WindowIndexes } from './window-indexes.ts';

/** A part is closed when its body would grow beyond this; a single larger block is a part of its own. */
const partBytes = 256 * 1024;
/** How often a part's number may turn out to be taken before the push is given up. */
const mostAttempts = 8;

interface NewBlock {
  readonly entry: PartEntry;
  readonly window: number;
  readonly bytes: Uint8Array;
}

/** Appends blocks as parts, one push of a node at a time. */
@Injectable()
export class PartWriter {
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly parts: PartsRepository,
    private readonly indexes: WindowIndexes,
    private readonly state: NodeStateRepository,
    private readonly tickTotals: TickTotals,
  ) {}

  /** All that was stored and came again. */
  totals(nodeId: string): Promise<AppendResult> {
    return this.queue.run(nodeId, () => this.tickTotals.get(nodeId));
  }

  append(nodeId: string, blocks: readonly PushedBlock[], shiftMs: number): Promise<AppendResult> {
    return this.queue.run(nodeId, async () => {
      try {
        return await this.appendInTurn(nodeId, blocks.map(newBlock), shiftMs);
      } catch (error) {
        // Whether a part was stored may be unknown now: the next push reads it again.
        if (error instanceof StoreUnavailableError) {
          this.indexes.forget(nodeId);
          this.tickTotals.forget(nodeId);
        }
        throw error;
      }
    });
  }

  /** Removes a window, between two pushes of the node: what is numbered anew afterwards starts at 0 again. */
  removeWindow(nodeId: string, window: number): Promise<void> {
    return this.queue.run(nodeId, async () => {
      this.indexes.forget(nodeId);
      await this.parts.removeWindow(nodeId, window);
      await this.state.advance(nodeId, window + 1);
    });
  }

  private async appendInTurn(nodeId: string, blocks: readonly NewBlock[], shiftMs: number): Promise<AppendResult> {
    const known = await this.indexes.open(nodeId, new Set(blocks.map((block) => block.window)));
    const { fresh, duplicate } = sift(nodeId, blocks, known);
    const result = { stored: 0, duplicate };
    const byWindow = Map.groupBy(fresh, (block) => block.window);
    if (fresh.length > 0) await this.state.open(nodeId, [...byWindow.keys()], shiftMs);
    for (const [window, inWindow] of byWindow) {
      for (const portion of portions(inWindow)) {
        const stored = await this.insert(nodeId, window, portion, shiftMs);
        result.stored += stored;
        result.duplicate += ticksOf(portion) - stored;
      }
    }
    this.indexes.trim(nodeId);
    const oldestMs = Math.min(...blocks.map(({ entry }) => entry.firstTickMs + shiftMs));
    await this.tickTotals.endPush(nodeId, result.duplicate, oldestMs);
    return result;
  }

  /** Returns the number of ticks that this call stored: an earlier insert, thought lost, may have come through. */
  private async insert(nodeId: string, window: number, portion: readonly NewBlock[], shiftMs: number): Promise<number> {
    let rest = portion;
    for (let attempt = 0; attempt < mostAttempts && rest.length > 0; attempt += 1) {
      const index = await this.indexes.get(nodeId, window);
      const entries = rest.map((block) => block.entry);
      const part = {
        _id: partId(nodeId, window, index.nextPart),
        entries,
        shiftMs,
        receivedMs: await this.tickTotals.nextReceivedMs(nodeId),
        body: Buffer.concat(rest.map((block) => block.bytes)),
      };
      if (await this.parts.insert(part)) {
        index.add(entries);
        await this.tickTotals.addPart(nodeId, ticksOf(rest), part.receivedMs);
        return ticksOf(rest);
      }
      const known = await this.indexes.catchUp(nodeId, window);
      rest = sift(nodeId, rest, known).fresh;
    }
    if (rest.length > 0) throw new StoreUnavailableError(`another writer stores parts of node ${nodeId}; try again`);
    return 0;
  }
}

function newBlock({ block, bytes }: PushedBlock): NewBlock {
  const firstTickMs = block.tickTimes[0] ?? 0;
  const entry = {
    epoch: block.epoch,
    firstSeq: block.firstSeq,
    ticks: block.tickTimes.length,
    firstTickMs,
    lastTickMs: block.tickTimes.at(-1) ?? firstTickMs,
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    byteLength: bytes.byteLength,
  };
  return { entry, window: windowOf(firstTickMs), bytes };
}

/** Those that are not stored yet, and the number of ticks that are; throws TickConflictError. */
function sift(nodeId: string, blocks: readonly NewBlock[], stored: Claims) {
  const pushed = new ClaimIndex();
  const known: Claims = (epoch, seq) => stored(epoch, seq) ?? pushed.find(epoch, seq);
  const fresh: NewBlock[] = [];
  let duplicate = 0;
  for (const block of blocks) {
    const verdict = judge(block.entry, known);
    if (verdict.kind === 'conflict') throw new TickConflictError(nodeId, block.entry.epoch, verdict.seq);
    if (verdict.kind === 'duplicate') {
      duplicate += block.entry.ticks;
    } else {
      fresh.push(block);
      pushed.add(block.entry);
    }
  }
  return { fresh, duplicate };
}

function portions(blocks: readonly NewBlock[]): readonly (readonly NewBlock[])[] {
  const all: NewBlock[][] = [];
  let size = 0;
  for (const block of blocks) {
    const current = all.at(-1);
    size += block.bytes.byteLength;
    if (current === undefined || size > partBytes) {
      all.push([block]);
      size = block.bytes.byteLength;
    } else {
      current.push(block);
    }
  }
  return all;
}

function ticksOf(blocks: readonly NewBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.entry.ticks, 0);
}
