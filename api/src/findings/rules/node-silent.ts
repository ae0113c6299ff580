import type { Silence } from '@docksnap/contract';
import { evidence, type Judgement } from '../judgement.ts';
import { durationWords } from '../words.ts';

const aroundMs = 15 * 60_000;

/** A node that is silent, and why; undefined where it is not. `silence` as silenceOf gives it. */
export function nodeSilentOf(silence: Silence | null, containers: number, nowMs: number): Judgement | undefined {
  if (silence === null) return undefined;
  const { sinceMs, message } = silence;
  return {
    kind: 'node-silent',
    urgency: 'critical',
    confidence: 'certain',
    weight: containers,
    sentence: `${whatOf(silence, nowMs)}: ${message}.`,
    evidence: [
      ...(sinceMs === null ? [] : [evidence('silent for', (nowMs - sinceMs) / 1000, 'seconds')]),
      evidence('containers not known', containers, 'count'),
    ],
    sinceMs,
    chart: 'cpu',
    fromMs: Math.max(0, (sinceMs ?? nowMs) - aroundMs),
    toMs: nowMs,
  };
}

/** Who fell silent before this replica started is known to be silent, and not since when. */
function whatOf({ sinceMs, reason }: Silence, nowMs: number): string {
  if (sinceMs !== null) return `has been silent for ${durationWords(nowMs - sinceMs)}`;
  return reason === 'NeverReported' ? 'has never reported' : 'is silent';
}
