import type { Block } from '@docksnap/contract';

/** A node's blocks of one epoch, ascending: one clock. */
export type Run = readonly Block[];

/** A node's blocks by epoch, in the order in which the epochs began. */
export function runsOf(blocks: readonly Block[]): Run[] {
  const runs = [...Map.groupBy(blocks, ({ epoch }) => epoch).values()];
  for (const run of runs) run.sort((one, other) => one.firstSeq - other.firstSeq);
  return runs.sort((one, other) => firstTickMs(one) - firstTickMs(other));
}

/** How a run stands to what was read before it. `linked`: its first samples follow the last ones of another run. */
export type Sequel = 'same' | 'linked' | 'apart';

/**
 * Tells which runs may be compared. A clock that was set back makes epochs that overlap: each is then read by itself,
 * for across two clocks neither order nor distance is known.
 */
export class RunOrder {
  private epoch = '';
  private endMs = -Infinity;
  private readonly seen = new Set<string>();

  /** Takes the next run. */
  next(run: Run): Sequel {
    const epoch = run[0]?.epoch ?? '';
    const isNew = !this.seen.has(epoch) && firstTickMs(run) > this.endMs;
    const sequel = epoch === this.epoch ? 'same' : isNew ? 'linked' : 'apart';
    this.epoch = epoch;
    this.seen.add(epoch);
    this.endMs = Math.max(this.endMs, run.at(-1)?.tickTimes.at(-1) ?? -Infinity);
    return sequel;
  }
}

function firstTickMs(run: Run): number {
  return run[0]?.tickTimes[0] ?? Infinity;
}
