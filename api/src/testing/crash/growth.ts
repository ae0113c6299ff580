import { type Block, gapMs } from '@docksnap/contract';

/** What is known of a counter in one step: by how much it grew, and the time in which that was watched, ms. */
interface Grown {
  readonly increase: number;
  readonly coveredMs: number;
}

/** By the number of the step: whole steps since 1970. */
export type Growth = ReadonlyMap<number, Grown>;

/**
 * By how much a node's first counter grew in each step, by all its samples at once: an interval's growth is spread
 * evenly over it, and an interval longer than the gap limit says nothing. For counters that never go back.
 */
export function growthOf(blocks: readonly Block[], stepMs: number): Growth {
  const growth = new Map<number, Grown>();
  const samples = blocks.flatMap(samplesOf).sort((one, other) => one.atMs - other.atMs);
  samples.forEach(({ atMs: toMs, value }, index) => {
    const before = samples[index - 1];
    if (before === undefined || toMs - before.atMs > before.gapMs) return;
    const perMs = (value - before.value) / (toMs - before.atMs);
    for (let at = before.atMs; at < toMs;) {
      const step = Math.floor(at / stepMs);
      const ms = Math.min(toMs, (step + 1) * stepMs) - at;
      const { increase, coveredMs } = growth.get(step) ?? { increase: 0, coveredMs: 0 };
      growth.set(step, { increase: increase + perMs * ms, coveredMs: coveredMs + ms });
      at += ms;
    }
  });
  return growth;
}

function samplesOf({ tickTimes, groups: [group], intervalMs }: Block) {
  return tickTimes.map((tickMs, tick) => ({
    atMs: tickMs - (group?.ages[tick] ?? NaN),
    value: group?.columns[0]?.values[tick] ?? NaN,
    gapMs: gapMs(intervalMs),
  }));
}
