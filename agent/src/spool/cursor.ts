import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { integerOf, objectOf, objectsOf, textOf } from '../json.ts';

const fileName = 'cursor.json';

/** Ticks of one epoch, from the first to the last. */
export interface TickRange {
  readonly epoch: string;
  readonly first: number;
  readonly last: number;
}

/** Up to where the spool is acknowledged. Losing it costs duplicates, and the account of what memory held. */
export interface Cursor {
  /** Where the first pending record begins, or the next will. */
  readonly segment: number;
  readonly offset: number;
  /** The tick there. */
  readonly epoch: string;
  readonly seq: number;
  /** The epoch in force when this was written, and its sequence numbers given out. */
  readonly latestEpoch: string;
  readonly latestCollected: number;
  /** Ticks that the disk did not take and that are not acknowledged: whoever finds them here at a start has lost them. */
  readonly onlyInMemory: readonly TickRange[];
  /** Ticks that the disk did not take and that are acknowledged, while an older one on the disk is not: no loss. */
  readonly acknowledgedInMemory: readonly TickRange[];
}

export async function loadCursor(directory: string): Promise<Cursor | undefined> {
  try {
    return parseCursor(JSON.parse(await readFile(path.join(directory, fileName), 'utf8')));
  } catch {
    // Absent at the first start; a broken one tells nothing.
    return undefined;
  }
}

function parseCursor(value: unknown): Cursor | undefined {
  const members = objectOf(value);
  const [segment, offset, seq, latestCollected] = ['segment', 'offset', 'seq', 'latestCollected'].map((name) =>
    integerOf(members[name]),
  );
  const epoch = textOf(members['epoch']);
  const latestEpoch = textOf(members['latestEpoch']);
  if (segment === undefined || offset === undefined || seq === undefined || latestCollected === undefined) {
    return undefined;
  }
  if (epoch === undefined || latestEpoch === undefined) return undefined;
  const onlyInMemory = objectsOf(members['onlyInMemory']).flatMap(parseRange);
  const acknowledgedInMemory = objectsOf(members['acknowledgedInMemory']).flatMap(parseRange);
  return { segment, offset, epoch, seq, latestEpoch, latestCollected, onlyInMemory, acknowledgedInMemory };
}

function parseRange(members: Readonly<Record<string, unknown>>): TickRange[] {
  const [epoch, first, last] = [textOf(members['epoch']), integerOf(members['first']), integerOf(members['last'])];
  return epoch === undefined || first === undefined || last === undefined ? [] : [{ epoch, first, last }];
}

/** Replaces the cursor in one step. Not synced: an old one is as good after a power cut. */
export async function saveCursor(directory: string, cursor: Cursor): Promise<void> {
  const target = path.join(directory, fileName);
  await writeFile(`${target}.new`, JSON.stringify(cursor));
  await rename(`${target}.new`, target);
}
