import { type ContainerFacts, type CpuMinute, evidence, type Judgement } from '../judgement.ts';
import { coresWords, durationWords, shareWords } from '../words.ts';

const minuteMs = 60_000;
/** The time that is judged, and in how much of it a container must be held back: a burst is shorter. */
const judgedMs = 10 * minuteMs;
const leastShareOfTime = 0.7;
/** Fewer periods than this in a minute, of up to 600, say nothing: who hardly runs is hardly held back. */
const fewestPeriods = 50;
/** Of its periods so many must be throttled, and so many for it to be a warning. */
const leastThrottled = 0.1;
const muchThrottled = 0.25;

/** A container that its CPU limit holds back all the time. Undefined where it does not. */
export function throttledOf(facts: ContainerFacts): Judgement | undefined {
  const { nowMs, description, cpu, past } = facts;
  const judged = cpu.filter(({ endMs, periods }) => endMs > nowMs - judgedMs && !Number.isNaN(periods));
  const held = judged.filter(isHeldBack);
  const known = judged.length * minuteMs;
  if (known < judgedMs / 2 || held.length < leastShareOfTime * judged.length) return undefined;
  const share = sum(judged, ({ throttled }) => throttled) / sum(judged, ({ periods }) => periods);
  if (share < leastThrottled) return undefined;
  const limitCores = description.limits.cpuCores;
  const cores = sum(judged, ({ cores: used }) => used) / judged.length;
  const sinceMs = beginOf([...(past?.cpu ?? []).filter(({ endMs }) => endMs < (cpu[0]?.endMs ?? 0)), ...cpu]);
  const isMuch = share >= muchThrottled;
  return {
    kind: 'throttled',
    urgency: isMuch ? 'warning' : 'notice',
    confidence: 'certain',
    weight: share,
    sentence: `is throttled in ${shareWords(share)} of its periods, for ${durationWords(nowMs - sinceMs)} or more: ${
      limitCores === undefined ? `it uses ${coresWords(cores)}` : `its limit of ${coresWords(limitCores)} is too small`
    }.`,
    evidence: [
      evidence('throttled', share, 'ratio'),
      evidence('used', cores, 'cores'),
      ...(limitCores === undefined ? [] : [evidence('limit', limitCores, 'cores')]),
    ],
    sinceMs,
    chart: 'cpu',
    fromMs: Math.max(0, Math.min(nowMs - 15 * minuteMs, Math.round(nowMs - (nowMs - sinceMs) * 1.25))),
    toMs: nowMs,
  };
}

function isHeldBack({ periods, throttled }: CpuMinute): boolean {
  return periods >= fewestPeriods && throttled >= leastThrottled * periods;
}

/** When the newest stretch of being held back began; one quiet step does not end it. */
function beginOf(steps: readonly CpuMinute[]): number {
  let beginMs = steps.at(-1)?.endMs ?? 0;
  let quiet = 0;
  for (let index = steps.length - 1; index >= 0 && quiet < 2; index -= 1) {
    const step = steps[index];
    if (step === undefined) break;
    if (isHeldBack(step)) beginMs = steps[index - 1]?.endMs ?? step.endMs - minuteMs;
    quiet = isHeldBack(step) ? 0 : quiet + 1;
  }
  return Math.round(beginMs);
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
