import { describe, expect, it } from '@jest/globals';
import type { ContainerFacts } from '../judgement.ts';
import { aDescription, minuteMs, nowMs, oomKill, someFacts } from '../testing/facts.ts';
import { crashLoopOf } from './crash-loop.ts';
import { oomKilledOf } from './oom-killed.ts';

const exit = { reason: 'Error', exitCode: 3, startedAtMs: nowMs - 3 * minuteMs, finishedAtMs: nowMs - 2.6 * minuteMs };
const backingOff = { state: 'waiting', stateReason: 'CrashLoopBackOff', restarts: 7 } as const;

describe('oomKilledOf', () => {
  it.each<[string, ContainerFacts, string, string]>([
    [
      'was killed once',
      someFacts({ ends: [oomKill(8)] }),
      'warning',
      'was OOM-killed 8 min ago by its 1 GiB limit. It had run for 10 min.',
    ],
    [
      'was killed again and again',
      someFacts({ ends: [oomKill(50), oomKill(30), oomKill(8)] }),
      'critical',
      'was OOM-killed 3 times in the last hour, last 8 min ago by its 1 GiB limit. It had run for 10 min.',
    ],
    [
      'was killed without a limit of its own: the node had no memory left',
      someFacts({ description: aDescription({ limits: {} }), ends: [oomKill(8)] }),
      'warning',
      'was OOM-killed 8 min ago. It had run for 10 min.',
    ],
  ])('finds who %s', (_sentence, facts, urgency, sentence) => {
    expect(oomKilledOf(facts)).toMatchObject({ kind: 'oom-killed', urgency, sentence });
  });

  it.each<[string, ContainerFacts]>([
    ['never ended', someFacts()],
    ['ended otherwise', someFacts({ ends: [exit] })],
  ])('finds nobody who %s', (_sentence, facts) => {
    expect(oomKilledOf(facts)).toBeUndefined();
  });
});

describe('crashLoopOf', () => {
  it.each<[string, ContainerFacts, string]>([
    [
      'Kubernetes calls so',
      someFacts({ description: aDescription({ ...backingOff, lastTermination: exit }), recentRestarts: 4 }),
      'keeps crashing: it restarted 4 times in 15 min, exit code 3 after about 24 s; 7 restarts in all. ' +
        'Kubernetes waits longer before each new start.',
    ],
    [
      'restarted three times, and runs just now',
      someFacts({ description: aDescription({ restarts: 3, lastTermination: exit }), recentRestarts: 3 }),
      'keeps crashing: it restarted 3 times in 15 min, exit code 3 after about 24 s; 3 restarts in all.',
    ],
    [
      'was not seen to end',
      someFacts({ description: aDescription(backingOff) }),
      'keeps crashing: it waits to be started again; 7 restarts in all. Kubernetes waits longer before each new start.',
    ],
  ])('finds what %s', (_sentence, facts, sentence) => {
    expect(crashLoopOf(facts)).toMatchObject({ kind: 'crash-loop', urgency: 'critical', sentence });
  });

  it.each<[string, ContainerFacts]>([
    ['restarted twice', someFacts({ recentRestarts: 2 })],
    ['restarted often long ago', someFacts({ description: aDescription({ restarts: 40 }) })],
    [
      'waits for its image',
      someFacts({ description: aDescription({ state: 'waiting', stateReason: 'ImagePullBackOff' }) }),
    ],
  ])('finds nothing in what %s', (_sentence, facts) => {
    expect(crashLoopOf(facts)).toBeUndefined();
  });
});
