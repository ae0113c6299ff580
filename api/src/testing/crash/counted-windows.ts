import { RawWindows } from '../../parts/raw-windows.ts';
import type { Collections, Identified } from '../../store/collections.ts';
import { windowMs, windowOf } from '../../store/identifiers.ts';
import type { Sender } from './sender.ts';

/** What is left of raw windows when those that are too old have been removed. */
export interface CountedWindows {
  /** Windows that held something, and are too old. */
  readonly removed: number;
  /** Parts that are too old and still there. */
  readonly overdue: number;
  /** Ticks that are young enough and gone. */
  readonly missing: number;
}

/** Compares the windows that are there with what was acknowledged; `keptMs` is how long a window is kept. */
export async function countWindows(
  database: Collections,
  senders: readonly Sender[],
  nowMs: number,
  keptMs: number,
): Promise<CountedWindows> {
  const isTooOld = (window: number): boolean => (window + 1) * windowMs <= nowMs - keptMs;
  const windows = new RawWindows(database);
  const counted = { removed: 0, missing: 0 };
  for (const { nodeId, acknowledged } of senders) {
    const blocks = [...acknowledged].map(({ block }) => block);
    for (const [window, some] of Map.groupBy(blocks, ({ tickTimes: [first = 0] }) => windowOf(first))) {
      if (isTooOld(window)) counted.removed += 1;
      else counted.missing += ticksOf(some) - ticksOf((await windows.read(nodeId, window)).blocks);
    }
  }
  const parts = await database.of<Identified>('raw').all();
  return { ...counted, overdue: parts.filter(({ _id }) => isTooOld(Number(_id.split('/')[1]))).length };
}

function ticksOf(blocks: readonly { readonly tickTimes: readonly number[] }[]): number {
  return blocks.reduce((total, { tickTimes }) => total + tickTimes.length, 0);
}
