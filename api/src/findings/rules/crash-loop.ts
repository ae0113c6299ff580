import type { Termination } from '@docksnap/contract';
import { type ContainerFacts, evidence, type Judgement } from '../judgement.ts';
import { durationWords, timesWords } from '../words.ts';

/** So many restarts within the window make a loop, whatever Kubernetes calls it. */
const fewestRestarts = 3;
const windowMs = 15 * 60_000;

/** A container that ends again and again. Undefined where it does not, or where nothing is known of its ends. */
export function crashLoopOf(facts: ContainerFacts): Judgement | undefined {
  const { nowMs, description, ends, recentRestarts } = facts;
  if (!isBackingOff(facts) && recentRestarts < fewestRestarts) return undefined;
  const last = description.lastTermination ?? ends.at(-1);
  const sinceMs = ends[0]?.finishedAtMs ?? last?.finishedAtMs ?? null;
  return {
    kind: 'crash-loop',
    urgency: 'critical',
    confidence: 'certain',
    weight: recentRestarts,
    sentence: sentenceOf(facts, last),
    evidence: [
      evidence('restarts in 15 min', recentRestarts, 'count'),
      evidence('restarts in all', description.restarts, 'count'),
      ...(last === undefined ? [] : [evidence('exit code', last.exitCode, 'count')]),
    ],
    sinceMs,
    chart: 'memory',
    fromMs: Math.max(0, Math.min(nowMs - windowMs, (sinceMs ?? nowMs) - 60_000)),
    toMs: nowMs,
  };
}

function isBackingOff({ description }: ContainerFacts): boolean {
  return description.state === 'waiting' && description.stateReason === 'CrashLoopBackOff';
}

function sentenceOf(facts: ContainerFacts, last: Termination | undefined): string {
  const { recentRestarts, description } = facts;
  const often = recentRestarts > 0 ? `restarted ${timesWords(recentRestarts)} in 15 min` : 'waits to be started again';
  const backing = isBackingOff(facts) ? ' Kubernetes waits longer before each new start.' : '';
  return `keeps crashing: it ${often}${endWords(last)}; ${description.restarts} restarts in all.${backing}`;
}

/** ", exit code 1 after about 4 s" */
function endWords(last: Termination | undefined): string {
  if (last === undefined) return '';
  const { reason, exitCode, startedAtMs, finishedAtMs } = last;
  const livedMs = (finishedAtMs ?? NaN) - (startedAtMs ?? NaN);
  const lived = Number.isNaN(livedMs) ? '' : ` after about ${durationWords(livedMs)}`;
  return `, ${reason === 'OOMKilled' ? 'OOM-killed' : `exit code ${exitCode}`}${lived}`;
}
