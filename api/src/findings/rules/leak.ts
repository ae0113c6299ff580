import type { Confidence } from '@docksnap/contract';
import { type ContainerFacts, evidence, type Judgement } from '../judgement.ts';
import { type Point, type Trend, trendOf } from '../trend.ts';
import { bytesWords, durationWords, growthWords, timesWords } from '../words.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Of a life the first part is warm-up: a fifth of it, at most so long. */
const warmUpShare = 0.2;
const longestWarmUpMs = 5 * minuteMs;
/** Fewer samples than this make no trend. */
const fewestPoints = 5;
/** Garbage collection falls now and then: of all pairs of samples so many more must rise than fall. */
const leastSteadiness = 0.7;
/** What settles is warm-up: the later half must grow at this share of the pace of the earlier one at least. */
const leastLasting = 0.3;
/** Less growth than this share of what is used is no leak yet. */
const leastRise = 0.05;
/** A single life must have grown for so long before anybody is told, and so long to be likely, and certain. */
const soonestMs = 30 * minuteMs;
const likelyMs = hourMs;
const certainMs = 3 * hourMs;
/** A limit that is reached later than this troubles nobody yet. */
const horizonMs = 7 * 24 * hourMs;

/** One incarnation, as far as it was watched. */
interface Life {
  readonly points: readonly Point[];
  /** It was killed for want of memory. */
  readonly wasKilled: boolean;
  /** The newest one that is known: it may still run. */
  readonly isLast: boolean;
}

interface Growth {
  readonly life: Life;
  readonly trend: Trend;
  readonly spanMs: number;
  readonly lastBytes: number;
}

/**
 * A leak: the working set grows steadily after the warm-up, either in lives that were killed for want of memory, or in
 * one life for long enough. Undefined where there is none.
 */
export function leakOf(facts: ContainerFacts): Judgement | undefined {
  const short = growths(facts, facts.memory);
  const long = facts.past === undefined ? [] : growths(facts, facts.past.memory);
  return repeated(facts, short) ?? single(facts, long);
}

/** Whether the past is worth a look: it grows now, or holds much of its limit already. */
export function mayLeak({ memory, description, starts, nowMs }: Omit<ContainerFacts, 'past'>): boolean {
  const isYoung = nowMs - (starts.at(-1) ?? 0) < soonestMs;
  const last = memory.at(-1);
  if (isYoung || last === undefined) return false;
  const { memoryBytes } = description.limits;
  if (memoryBytes !== undefined && last.value >= memoryBytes * 0.4) return true;
  const trend = trendOf(memory);
  return trend !== undefined && trend.perMs > 0 && trend.steadiness >= leastSteadiness / 2;
}

function repeated(facts: ContainerFacts, all: readonly Growth[]): Judgement | undefined {
  const killed = all.filter(({ life }) => life.wasKilled);
  const newest = killed.at(-1);
  if (newest === undefined) return undefined;
  const current = all.find(({ life }) => life.isLast && !life.wasKilled);
  const confidence = current !== undefined || killed.length > 1 ? 'certain' : 'likely';
  return judgement(facts, current ?? newest, confidence);
}

function single(facts: ContainerFacts, all: readonly Growth[]): Judgement | undefined {
  const current = all.find(({ life }) => life.isLast && !life.wasKilled);
  if (current === undefined || current.spanMs < soonestMs) return undefined;
  const limitBytes = facts.description.limits.memoryBytes;
  if (limitBytes !== undefined && (limitBytes - current.lastBytes) / current.trend.perMs > horizonMs) return undefined;
  const isCertain = current.spanMs >= certainMs && current.trend.steadiness >= 0.9;
  return judgement(facts, current, isCertain ? 'certain' : current.spanMs >= likelyMs ? 'likely' : 'possible');
}

function growths(facts: ContainerFacts, points: readonly Point[]): readonly Growth[] {
  return livesOf(facts, points).flatMap((life) => growthOf(life) ?? []);
}

function livesOf({ starts, ends }: ContainerFacts, points: readonly Point[]): readonly Life[] {
  const kills = ends.filter(({ reason }) => reason === 'OOMKilled').map(({ finishedAtMs = NaN }) => finishedAtMs);
  const bounds = starts.length === 0 ? [-Infinity] : starts;
  return bounds.map((startMs, index) => {
    const nextMs = bounds[index + 1] ?? Infinity;
    const endMs = kills.find((killMs) => killMs > startMs && killMs <= nextMs);
    const lived = points.filter(({ timeMs }) => timeMs > startMs && timeMs <= (endMs ?? nextMs));
    const ageMs = (lived.at(-1)?.timeMs ?? NaN) - Math.max(startMs, lived[0]?.timeMs ?? NaN);
    const warmMs = (lived[0]?.timeMs ?? NaN) + Math.min(longestWarmUpMs, ageMs * warmUpShare);
    return {
      points: lived.filter(({ timeMs }) => timeMs >= warmMs),
      wasKilled: endMs !== undefined,
      isLast: nextMs === Infinity,
    };
  });
}

function growthOf(life: Life): Growth | undefined {
  const { points } = life;
  const [first, last] = [points[0], points.at(-1)];
  const trend = trendOf(points);
  if (first === undefined || last === undefined || trend === undefined) return undefined;
  const spanMs = last.timeMs - first.timeMs;
  const isSteady = points.length >= fewestPoints && trend.perMs > 0 && trend.steadiness >= leastSteadiness;
  const isMuch = trend.perMs * spanMs >= leastRise * last.value;
  if (!isSteady || !isMuch || isSettling(points)) return undefined;
  return { life, trend, spanMs, lastBytes: last.value };
}

function isSettling(points: readonly Point[]): boolean {
  const half = Math.floor(points.length / 2);
  const earlier = trendOf(points.slice(0, half + 1))?.perMs ?? 0;
  const later = trendOf(points.slice(half))?.perMs ?? 0;
  return later < leastLasting * earlier;
}

function judgement(facts: ContainerFacts, growth: Growth, confidence: Confidence): Judgement {
  const { nowMs, description, ends } = facts;
  const { trend, life, spanMs, lastBytes } = growth;
  const limitBytes = description.limits.memoryBytes;
  const kills = ends.filter(({ reason }) => reason === 'OOMKilled').length;
  const untilMs = limitBytes === undefined || life.wasKilled ? NaN : (limitBytes - lastBytes) / trend.perMs;
  const toLimitMs = Math.max(0, untilMs);
  const firstMs = life.points[0]?.timeMs ?? nowMs;
  const lookMs = Math.max(15 * minuteMs, (nowMs - firstMs) * 1.25);
  return {
    kind: 'leak',
    urgency: toLimitMs < 30 * minuteMs || kills > 1 ? 'critical' : 'warning',
    confidence,
    weight: Number.isNaN(toLimitMs) ? 0 : 1 / (1 + toLimitMs),
    sentence: sentenceOf(trend.perMs, limitBytes, toLimitMs, spanMs, kills),
    evidence: [
      evidence('growth', trend.perMs * hourMs, 'bytes/hour'),
      evidence('steadiness', trend.steadiness, 'ratio'),
      evidence('fitted over', spanMs / 1000, 'seconds'),
      evidence('working set', lastBytes, 'bytes'),
      ...(limitBytes === undefined ? [] : [evidence('limit', limitBytes, 'bytes')]),
      ...(Number.isNaN(toLimitMs) ? [] : [evidence('time to limit', toLimitMs / 1000, 'seconds')]),
      evidence('OOM kills in the last hour', kills, 'count'),
    ],
    sinceMs: Math.round(firstMs),
    chart: 'memory',
    fromMs: Math.max(0, Math.round(nowMs - lookMs)),
    toMs: nowMs,
  };
}

function sentenceOf(
  perMs: number,
  limitBytes: number | undefined,
  toLimitMs: number,
  spanMs: number,
  kills: number,
): string {
  const leaks = `leaks ${growthWords(perMs)}`;
  const killed = kills === 0 ? '' : ` It was OOM-killed ${timesWords(kills)} in the last hour.`;
  if (limitBytes === undefined) {
    return `${leaks} and has no memory limit; it grew by ${bytesWords(perMs * spanMs)} in ${durationWords(spanMs)}.${killed}`;
  }
  const limit = `its ${bytesWords(limitBytes)} limit`;
  if (Number.isNaN(toLimitMs)) return `${leaks} until ${limit} kills it.${killed}`;
  return `${leaks}; it reaches ${limit} in about ${durationWords(toLimitMs)}.${killed}`;
}
