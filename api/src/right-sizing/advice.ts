import type { SizingConfidence, SizingHint } from '@docksnap/contract';
import type { Evidence } from './evidence.ts';

/** What requests have above what was used. */
export const headroom = 0.15;

/** What is set now; null where nothing is. */
export interface SetNow {
  readonly cpuRequestCores: number | null;
  readonly cpuLimitCores: number | null;
  readonly memoryRequestBytes: number | null;
  readonly memoryLimitBytes: number | null;
  /** It was killed for want of memory within the window. */
  readonly wasOomKilled: boolean;
}

export interface Advice {
  readonly confidence: SizingConfidence;
  readonly hints: readonly SizingHint[];
  readonly unsure: string | null;
}

/**
 * To give more than needed costs money, to give less costs requests: more is advised after an hour that shows the need,
 * less only after a day, which holds most workloads' busiest hour.
 */
const hoursToRaise = 1;
const hoursToLower = 24;
const hoursOfWeek = 168;
/** Below this what is set fits well enough: nobody restarts pods for less. */
const smallestChange = 0.2;
const smallestCores = 0.05;
const smallestBytes = 32 * 2 ** 20;
const roundCores = 0.01;
const roundBytes = 2 ** 20 * 8;
const throttledTooOften = 0.05;
const nearLimit = 0.9;
const limitHeadroom = 0.25;
const throttledFactor = 1.5;
/** Working sets that rise this often from step to step are leaks: more memory only delays their end. */
const leakingShare = 0.8;

/** What should be asked for instead of what is, as far as that can be told; never from too little, never for a leak. */
export function advise(now: SetNow, evidence: Evidence): Advice {
  const { watchedHours, risingShare } = evidence;
  const confidence = confidenceOf(watchedHours);
  if (watchedHours < hoursToRaise) {
    return { confidence: 'none', hints: [], unsure: `measured for ${hours(watchedHours)}; an hour is the least` };
  }
  const leaks = risingShare !== null && risingShare >= leakingShare;
  const wanted = [...cpuHints(now, evidence), ...(leaks ? [] : memoryHints(now, evidence))];
  const hints = wanted.filter(({ from, to }) => from === null || to > from || watchedHours >= hoursToLower);
  if (leaks) {
    const unsure = 'its memory grows from step to step: find the leak, more memory only delays its end';
    return { confidence, hints, unsure };
  }
  const isCut = hints.length < wanted.length;
  const unsure = isCut ? `measured for ${hours(watchedHours)}; less is advised after a day at the earliest` : null;
  return { confidence, hints, unsure };
}

function confidenceOf(watchedHours: number): SizingConfidence {
  if (watchedHours < hoursToRaise) return 'none';
  if (watchedHours < hoursToLower) return 'low';
  return watchedHours < hoursOfWeek ? 'medium' : 'high';
}

function cpuHints(now: SetNow, { cpu, throttledRatio }: Evidence): SizingHint[] {
  const hints: SizingHint[] = [];
  const { cpuLimitCores: limit, cpuRequestCores: request } = now;
  let newLimit = limit;
  if (limit !== null && throttledRatio !== null && throttledRatio >= throttledTooOften) {
    newLimit = up(limit * throttledFactor, 0.1);
    const why = `held back in ${percent(throttledRatio)} of its periods: what it would use is not to be seen below the limit`;
    hints.push({ resource: 'cpu', field: 'limit', from: limit, to: newLimit, why });
  }
  if (cpu.p95 !== null) {
    const to = Math.min(up(Math.max(cpu.p95 * (1 + headroom), roundCores), roundCores), newLimit ?? Infinity);
    const why = `used ${cores(cpu.p95)} at the 95th percentile, plus ${percent(headroom)}`;
    if (differs(request, to, smallestCores)) hints.push({ resource: 'cpu', field: 'request', from: request, to, why });
  }
  return hints;
}

function memoryHints(now: SetNow, { memory }: Evidence): SizingHint[] {
  const hints: SizingHint[] = [];
  if (memory.max === null) return hints;
  const { memoryLimitBytes: limit, memoryRequestBytes: request, wasOomKilled } = now;
  let newLimit = limit;
  if (limit !== null && (wasOomKilled || memory.max >= nearLimit * limit)) {
    const need = up(Math.max(memory.max, wasOomKilled ? limit : 0) * (1 + limitHeadroom), roundBytes);
    const reason = wasOomKilled ? 'was OOM-killed at it' : `reached ${percent(memory.max / limit)} of it`;
    if (need > limit) {
      newLimit = need;
      hints.push({
        resource: 'memory',
        field: 'limit',
        from: limit,
        to: need,
        why: `${reason}, plus ${percent(limitHeadroom)}`,
      });
    }
  }
  const to = Math.min(up(memory.max * (1 + headroom), roundBytes), newLimit ?? Infinity);
  const why = `used ${mebi(memory.max)} at most, plus ${percent(headroom)}: memory cannot be taken back`;
  if (differs(request, to, smallestBytes)) hints.push({ resource: 'memory', field: 'request', from: request, to, why });
  return hints;
}

function differs(from: number | null, to: number, least: number): boolean {
  if (from === null) return true;
  return Math.abs(to - from) >= least && Math.abs(to - from) / from > smallestChange;
}

/** The next multiple; what is one already, but for the last binary digit, stays. */
function up(value: number, step: number): number {
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function cores(value: number): string {
  return `${Number(value.toPrecision(2))} cores`;
}

function mebi(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function hours(value: number): string {
  return value < 1 ? `${Math.round(value * 60)} min` : `${Math.round(value)} h`;
}
