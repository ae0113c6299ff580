import { type Block, gapMs } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { BlockReader, LiveNodes } from '../live/live-nodes.ts';
import { memoryMs } from '../recent/node-ticks.ts';
import type { Steps } from './steps.ts';

/** Ticks that came in at longer intervals than this are from before the last 15 minutes, and may miss a neighbour. */
const longestIntervalMs = 300_000;
/** What is read of a node at a time: blocks of a long range would not fit into memory together. */
const chunkMs = 30 * 60_000;
const hourMs = 60 * 60_000;

/** Reads the blocks that a time axis needs. */
@Injectable()
export class BlockChunks {
  constructor(
    private readonly live: LiveNodes,
    private readonly reader: BlockReader,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Gives a node's blocks to `take`, one chunk of time after another, with the share of the time that is in it, and
   * returns why they are not all, else null. A step's first and last interval may begin before it and end after it, by
   * the gap limit at most.
   */
  async read(
    nodeId: string,
    steps: Steps,
    metricIds: ReadonlySet<number>,
    take: (blocks: readonly Block[], share: number) => void | Promise<void>,
  ): Promise<string | null> {
    const marginMs = gapMs(this.live.get(nodeId)?.intervalMs ?? longestIntervalMs);
    // Nothing is older than what is kept, or newer than now: a range may reach as far as it likes.
    const nowMs = this.clock.nowMs();
    const endMs = Math.min(steps.fromMs + steps.count * steps.stepMs, nowMs) + marginMs;
    let fromMs = Math.max(steps.fromMs - marginMs, nowMs - this.config.retentionHours * hourMs);
    const wholeMs = endMs - fromMs;
    let why: string | null = null;
    while (fromMs < endMs) {
      const toMs = Math.min(fromMs + chunkMs, endMs);
      const { blocks, partial } = await this.reader.read(nodeId, fromMs, toMs, metricIds);
      await take(blocks, (toMs - fromMs) / wholeMs);
      why ??= partial;
      // A store that does not answer is not asked for every chunk: what is left is what memory holds.
      fromMs = partial === null ? toMs : Math.max(toMs, nowMs - memoryMs);
    }
    return why;
  }
}
