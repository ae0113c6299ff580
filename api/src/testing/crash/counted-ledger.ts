import type { Block } from '@docksnap/contract';
import { Days, windowsOfDay } from '../../parts/days.ts';
import { unpackClaims } from '../../parts/packed-claims.ts';
import { blocksOfPart, RawWindows } from '../../parts/raw-windows.ts';
import type { Collections } from '../../store/collections.ts';
import type { Sender } from './sender.ts';

/** Ticks, as senders counted them and as parts hold them. */
export interface CountedLedger {
  readonly collected: number;
  readonly dropped: number;
  readonly stored: number;
  /** Acknowledged, and in no part. */
  readonly lost: number;
  /** In parts twice, or held by a part that does not say so. */
  readonly doubled: number;
  /** In a part with another time or value than they were sent with. */
  readonly changed: number;
}

/** What a tick says, by its identity. */
type Ticks = Map<string, string>;

/** Counts what became of everything that was sent. */
export async function countLedger(database: Collections, senders: readonly Sender[]): Promise<CountedLedger> {
  const stored: Ticks = new Map();
  const doubled = await readParts(database, stored);
  const acknowledged: Ticks = new Map();
  for (const { nodeId, acknowledged: blocks } of senders)
    for (const { block } of blocks) add(acknowledged, nodeId, block);
  const unequal = [...acknowledged].filter(([id, content]) => stored.get(id) !== content);
  return {
    collected: senders.reduce((sum, { collected }) => sum + collected, 0),
    dropped: senders.reduce((sum, { dropped }) => sum + dropped, 0),
    stored: stored.size,
    lost: unequal.filter(([id]) => !stored.has(id)).length,
    doubled,
    changed: unequal.filter(([id]) => stored.has(id)).length,
  };
}

/** Returns the number of ticks that were there already, or that a part holds and does not name. */
async function readParts(database: Collections, stored: Ticks): Promise<number> {
  const windows = new RawWindows(database);
  const days = await new Days(database).all();
  const all = days.flatMap(({ nodeId, day }) => windowsOfDay(day).map((window) => ({ nodeId, window })));
  let doubled = 0;
  for (const { nodeId, window } of all) {
    for await (const part of windows.from(nodeId, window, 0)) {
      const before = stored.size;
      for (const block of blocksOfPart(part)) add(stored, nodeId, block);
      const claimed = part.entries.flatMap(unpackClaims).reduce((sum, { ticks }) => sum + ticks, 0);
      doubled += Math.abs(claimed - (stored.size - before));
    }
  }
  return doubled;
}

function add(ticks: Ticks, nodeId: string, { epoch, firstSeq, tickTimes, groups }: Block): void {
  tickTimes.forEach((timeMs, tick) => {
    ticks.set(`${nodeId}/${epoch}/${firstSeq + tick}`, `${timeMs} ${groups[0]?.columns[0]?.values[tick]}`);
  });
}
