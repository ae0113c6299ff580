import type { Steps } from '../series/steps.ts';

/** How the steps of one axis become those of another: the number of values, and what stands at each place. */
export interface Regrid {
  /** Adds up; 0 where there is nothing. */
  sum(values: Float64Array): Float64Array;
  /** The largest, or smallest; NaN where there is nothing. */
  max(values: Float64Array): Float64Array;
  min(values: Float64Array): Float64Array;
  /** The newest of those whose count is not 0; else what the last one of each step holds. */
  newest(values: Float64Array, counts: Float64Array): Float64Array;
}

/**
 * From an axis to another whose steps are as long, or whole multiples, and end at the same times. Steps that only
 * one of them has are left out, or left empty.
 */
export function regrid(from: Steps, to: Steps): Regrid {
  const ratio = to.stepMs / from.stepMs;
  const shift = (from.fromMs - to.fromMs) / from.stepMs;
  if (!Number.isInteger(ratio) || ratio < 1 || !Number.isInteger(shift)) {
    throw new Error(
      `steps of ${from.stepMs} ms from ${from.fromMs} make no steps of ${to.stepMs} ms from ${to.fromMs}`,
    );
  }
  const first = Math.max(0, -shift);
  const end = Math.min(from.count, to.count * ratio - shift);
  const fold = (values: Float64Array, empty: number, join: (one: number, other: number) => number): Float64Array => {
    const folded = new Float64Array(to.count).fill(empty);
    for (let index = first; index < end; index += 1) {
      const at = Math.floor((index + shift) / ratio);
      folded[at] = join(folded[at] ?? empty, values[index] ?? NaN);
    }
    return folded;
  };
  return {
    sum: (values) => fold(values, 0, (one, other) => one + other),
    max: (values) => fold(values, NaN, (one, other) => (one >= other || Number.isNaN(other) ? one : other)),
    min: (values) => fold(values, NaN, (one, other) => (one <= other || Number.isNaN(other) ? one : other)),
    newest: (values, counts) => {
      const total = fold(counts, 0, (one, other) => one + other);
      const newest = new Float64Array(to.count).fill(NaN);
      for (let index = first; index < end; index += 1) {
        const at = Math.floor((index + shift) / ratio);
        if ((counts[index] ?? 0) > 0 || (total[at] === 0 && (index + shift + 1) % ratio === 0)) {
          newest[at] = values[index] ?? NaN;
        }
      }
      return newest;
    },
  };
}
