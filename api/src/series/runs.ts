import type { Block } from '@docksnap/contract';

/** A node's blocks of one epoch, ascending: one clock. */
export interface Run {
  readonly blocks: readonly Block[];
  /** Whether it begins after all earlier runs ended, so that its first samples follow their last. */
  readonly linked: boolean;
}

/**
 * A node's blocks in the order in which they may be compared. A clock that was set back makes epochs that overlap:
 * each is then read by itself, for across two clocks neither order nor distance is known.
 */
export function runsOf(blocks: readonly Block[]): Run[] {
  const byEpoch = new Map<string, Block[]>();
  for (const block of blocks) {
    const run = byEpoch.get(block.epoch);
    if (run === undefined) byEpoch.set(block.epoch, [block]);
    else run.push(block);
  }
  const runs = [...byEpoch.values()];
  for (const run of runs) run.sort((one, other) => one.firstSeq - other.firstSeq);
  runs.sort((one, other) => firstTickMs(one) - firstTickMs(other));
  let endMs = -Infinity;
  return runs.map((run) => {
    const linked = firstTickMs(run) > endMs;
    endMs = Math.max(endMs, run.at(-1)?.tickTimes.at(-1) ?? -Infinity);
    return { blocks: run, linked };
  });
}

function firstTickMs(run: readonly Block[]): number {
  return run[0]?.tickTimes[0] ?? Infinity;
}
