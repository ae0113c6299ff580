/** The time axis of an answer: step i is (fromMs + i x stepMs, fromMs + (i + 1) x stepMs]. */
export interface Steps {
  /** The edge before the first step, unix ms. */
  readonly fromMs: number;
  readonly stepMs: number;
  readonly count: number;
}

/** The end of each step, unix ms: what an answer calls its timestamps. */
export function stepEnds(steps: Steps): number[] {
  return Array.from({ length: steps.count }, (_, index) => steps.fromMs + (index + 1) * steps.stepMs);
}

/** The step that holds a time: below 0 before the axis, count or more behind it. */
export function stepOf(steps: Steps, timeMs: number): number {
  return Math.ceil((timeMs - steps.fromMs) / steps.stepMs) - 1;
}

/** Adds an amount that accrued evenly over (fromMs, toMs], fromMs < toMs, to the steps that it crosses. */
export function spread(steps: Steps, into: Float64Array, fromMs: number, toMs: number, amount: number): void {
  const first = Math.max(0, stepOf(steps, fromMs));
  const last = Math.min(steps.count - 1, stepOf(steps, toMs));
  for (let index = first; index <= last; index += 1) {
    const start = Math.max(fromMs, steps.fromMs + index * steps.stepMs);
    const end = Math.min(toMs, steps.fromMs + (index + 1) * steps.stepMs);
    // A step's edge belongs to the step before, which has none of an interval that begins there.
    if (end > start) into[index] = (into[index] ?? 0) + amount * ((end - start) / (toMs - fromMs));
  }
}

/** What a counter's intervals come to in each step. */
export interface Laid {
  readonly increase: Float64Array;
  readonly coveredMs: Float64Array;
  /** The largest increase per ms of what crosses the step; NaN where nothing does. */
  readonly peakPerMs: Float64Array;
}

/** Spreads an interval's increase and its time, and raises the peaks, in one pass: once for every sample that is read. */
export function lay(steps: Steps, into: Laid, fromMs: number, toMs: number, increase: number): void {
  const first = Math.max(0, stepOf(steps, fromMs));
  const last = Math.min(steps.count - 1, stepOf(steps, toMs));
  const wholeMs = toMs - fromMs;
  const perMs = increase / wholeMs;
  for (let index = first; index <= last; index += 1) {
    const stepFromMs = steps.fromMs + index * steps.stepMs;
    const ms = Math.min(toMs, stepFromMs + steps.stepMs) - Math.max(fromMs, stepFromMs);
    if (ms <= 0) continue;
    into.increase[index] = (into.increase[index] ?? 0) + increase * (ms / wholeMs);
    into.coveredMs[index] = (into.coveredMs[index] ?? 0) + ms;
    if (!((into.peakPerMs[index] ?? NaN) >= perMs)) into.peakPerMs[index] = perMs;
  }
}
