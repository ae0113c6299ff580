import type { Termination } from '@docksnap/contract';
import { type ContainerFacts, evidence, type Judgement } from '../judgement.ts';
import { bytesWords, durationWords, timesWords } from '../words.ts';

const lookBackMs = 15 * 60_000;

/** A container that was killed for want of memory within the last hour. Undefined where it was not. */
export function oomKilledOf({ nowMs, description, ends }: ContainerFacts): Judgement | undefined {
  const kills = ends.filter(({ reason, finishedAtMs }) => reason === 'OOMKilled' && finishedAtMs !== undefined);
  const [first, last] = [kills[0], kills.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const firstMs = first.finishedAtMs ?? nowMs;
  const limitBytes = description.limits.memoryBytes;
  return {
    kind: 'oom-killed',
    urgency: kills.length > 1 ? 'critical' : 'warning',
    confidence: 'certain',
    weight: kills.length,
    sentence: sentenceOf(nowMs, kills.length, last, limitBytes),
    evidence: [
      evidence('OOM kills in the last hour', kills.length, 'count'),
      ...(limitBytes === undefined ? [] : [evidence('limit', limitBytes, 'bytes')]),
    ],
    sinceMs: firstMs,
    chart: 'memory',
    fromMs: Math.max(0, firstMs - lookBackMs),
    toMs: nowMs,
  };
}

function sentenceOf(nowMs: number, kills: number, last: Termination, limitBytes: number | undefined): string {
  const { startedAtMs, finishedAtMs = nowMs } = last;
  const when = `${durationWords(nowMs - finishedAtMs)} ago`;
  const often = kills === 1 ? when : `${timesWords(kills)} in the last hour, last ${when}`;
  const by = limitBytes === undefined ? '' : ` by its ${bytesWords(limitBytes)} limit`;
  const lived = startedAtMs === undefined ? '' : ` It had run for ${durationWords(finishedAtMs - startedAtMs)}.`;
  return `was OOM-killed ${often}${by}.${lived}`;
}
