import { describe, expect, it } from '@jest/globals';
import type { ContainerFacts } from '../judgement.ts';
import { aDescription, hourMs, mebi, memoryOver, minuteMs, nowMs, oomKill, someFacts } from '../testing/facts.ts';
import { leakOf, mayLeak } from './leak.ts';

/** What a working set wobbles by, in MiB: the same in each run. */
const noise = (minutesAgo: number): number => Math.sin(minutesAgo * 12.9898) * 2;
const past = (memory: ContainerFacts['memory']): Partial<ContainerFacts> => ({ past: { memory, cpu: [] } });
const young = (minutesAgo: number): Partial<ContainerFacts> => ({ starts: [nowMs - minutesAgo * minuteMs] });

describe('leakOf', () => {
  it.each<[string, ContainerFacts, string, RegExp]>([
    [
      'it grows for six hours',
      someFacts(past(memoryOver(360, 5, (ago) => 500 - ago + noise(ago)))),
      'certain',
      /^leaks 1 MiB\/min; it reaches its 1 GiB limit in about 9 h\.$/,
    ],
    [
      'it grows for an hour and a half, with garbage collected on the way',
      someFacts(past(memoryOver(90, 5, (ago) => 500 - 2 * ago + ((ago / 5) % 3) * 6))),
      'likely',
      /^leaks 2 MiB\/min/,
    ],
    [
      'it grows for three quarters of an hour',
      someFacts(past(memoryOver(45, 5, (ago) => 300 - ago))),
      'possible',
      /^leaks 1 MiB\/min; it reaches its 1 GiB limit in about 12/,
    ],
    [
      'no limit ends it',
      someFacts({
        description: aDescription({ limits: {} }),
        ...past(memoryOver(360, 5, (ago) => 500 - ago / 3)),
      }),
      'certain',
      /^leaks 20 MiB\/h and has no memory limit; it grew by 118 MiB in 5.9 h\.$|^leaks 20 MiB\/h and has no memory limit/,
    ],
    [
      'a life of two minutes was killed, and the next one grows as well',
      someFacts({
        description: aDescription({ limits: { memoryBytes: 24 * mebi } }),
        starts: [nowMs - 4 * minuteMs, nowMs - 2 * minuteMs + 1000],
        ends: [oomKill(2, 2)],
        memory: memoryOver(4, 1 / 3, (ago) => (ago > 1.99 ? 24 - (ago - 2) * 11 : 23 - ago * 10)),
      }),
      'certain',
      /^leaks 10 MiB\/min; it reaches its 24 MiB limit in about \d+ s\. It was OOM-killed once in the last hour\.$/,
    ],
    [
      'two lives were killed and it waits to be started again',
      someFacts({
        description: aDescription({ limits: { memoryBytes: 24 * mebi }, state: 'waiting' }),
        starts: [nowMs - 12 * minuteMs, nowMs - 7 * minuteMs],
        ends: [oomKill(10, 2), oomKill(5, 2)],
        memory: memoryOver(12, 1 / 3, (ago) => 24 - 11 * (ago > 9 ? ago - 10 : ago - 5)).filter(
          ({ timeMs }) => timeMs <= nowMs - 10 * minuteMs || Math.abs(timeMs - nowMs + 6 * minuteMs) <= minuteMs,
        ),
      }),
      'certain',
      /^leaks 11 MiB\/min until its 24 MiB limit kills it\. It was OOM-killed twice in the last hour\.$/,
    ],
  ])('finds one when %s', (_sentence, facts, confidence, words) => {
    const leak = leakOf(facts);
    expect(leak).toMatchObject({ kind: 'leak', confidence, chart: 'memory', toMs: nowMs });
    expect(leak?.sentence).toMatch(words);
    expect(leak?.fromMs).toBeLessThanOrEqual(leak?.sinceMs ?? 0);
  });

  it.each<[string, ContainerFacts]>([
    ['nothing is known', someFacts()],
    ['it is flat', someFacts(past(memoryOver(360, 5, (ago) => 500 + noise(ago))))],
    ['it falls', someFacts(past(memoryOver(360, 5, (ago) => 300 + ago)))],
    [
      'it is a sawtooth: garbage is collected each hour',
      someFacts(past(memoryOver(360, 5, (ago) => 300 + (60 - (ago % 60)) * 4))),
    ],
    [
      'it is a sawtooth of which three teeth are known',
      someFacts(past(memoryOver(60, 5, (ago) => 300 + (20 - (ago % 20)) * 10))),
    ],
    [
      'it warms up: fast at first, then it settles',
      someFacts({ ...young(40), ...past(memoryOver(40, 5, (ago) => 500 - 400 * Math.exp(-(40 - ago) / 8))) }),
    ],
    ['it is young and grows', someFacts({ ...young(15), memory: memoryOver(15, 1 / 3, (ago) => 300 - ago * 10) })],
    ['it grows too little to matter', someFacts(past(memoryOver(360, 5, (ago) => 500 - ago / 100)))],
    [
      'it jumped once and stays there',
      someFacts(past(memoryOver(360, 5, (ago) => (ago > 180 ? 300 : 500) + noise(ago)))),
    ],
    [
      'its limit is further off than a week',
      someFacts({
        description: aDescription({ limits: { memoryBytes: 1024 * 1024 * mebi } }),
        ...past(memoryOver(360, 5, (ago) => 500 - ago / 6)),
      }),
    ],
    [
      'it was killed at its start, which needs more than its limit: too short for a trend',
      someFacts({
        starts: [nowMs - 5 * minuteMs, nowMs - 4 * minuteMs],
        ends: [oomKill(4.5, 0.5)],
        memory: memoryOver(5, 1 / 3, (ago) => (ago > 4.5 ? 900 : 0)).filter(({ value }) => value > 0),
      }),
    ],
    [
      'it was killed by one burst after hours of peace',
      someFacts({
        starts: [nowMs - 9 * hourMs, nowMs - 5 * minuteMs],
        ends: [oomKill(5.1)],
        memory: memoryOver(15, 1 / 3, (ago) => (ago > 5.6 ? 300 + noise(ago) : ago > 5.1 ? 1000 : 290 + noise(ago))),
      }),
    ],
  ])('finds none when %s', (_sentence, facts) => {
    expect(leakOf(facts)).toBeUndefined();
  });

  it('hurts now where the limit is near, or killed before', () => {
    const grown = past(memoryOver(120, 5, (ago) => 1000 - 2 * ago));
    expect(leakOf(someFacts(grown))?.urgency).toBe('critical');
    expect(leakOf(someFacts(past(memoryOver(120, 5, (ago) => 500 - 2 * ago))))?.urgency).toBe('warning');
  });
});

describe('mayLeak', () => {
  it.each<[string, boolean, Partial<ContainerFacts>]>([
    ['what grows, slowly', true, { memory: memoryOver(15, 1 / 3, (ago) => 300 - ago + noise(ago)) }],
    ['what holds much of its limit', true, { memory: memoryOver(15, 1 / 3, () => 500) }],
    ['what is small and flat', false, { memory: memoryOver(15, 1 / 3, noise) }],
    ['what is young', false, { ...young(20), memory: memoryOver(15, 1 / 3, (ago) => 900 - ago) }],
    ['what nothing is known of', false, {}],
  ])('of %s: %s', (_sentence, expected, differences) => {
    expect(mayLeak(someFacts(differences))).toBe(expected);
  });
});
