import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { containerEvents } from './container-events.ts';

const started = (...minutesAgo: number[]) =>
  minutesAgo.map((minutes) => ({
    runtimeId: String(minutes),
    startedAtMs: noonMs - minutes * 60_000,
    lastSampleMs: null,
  }));
const killed = (minutesAgo: number) => ({
  reason: 'OOMKilled',
  exitCode: 137,
  finishedAtMs: noonMs - minutesAgo * 60_000,
});

describe('containerEvents', () => {
  it.each([
    ['nothing of a container that has only started', { incarnations: started(60), restarts: 0 }, []],
    ['a restart', { incarnations: started(5, 60), restarts: 1 }, ['restart 5']],
    [
      'restarts whose first start nobody saw',
      { incarnations: started(5, 60), restarts: 7 },
      ['restart 60', 'restart 5'],
    ],
    [
      'an OOM kill in place of the restart after it',
      { incarnations: started(5, 60), restarts: 1, lastTermination: killed(6) },
      ['oom 6'],
    ],
    [
      'an OOM kill and a later restart',
      { incarnations: started(5, 60), restarts: 1, lastTermination: killed(20) },
      ['restart 5', 'oom 20'],
    ],
    [
      'no end of a container that ended by itself',
      { incarnations: started(60), restarts: 0, lastTermination: { reason: 'Completed', exitCode: 0 } },
      [],
    ],
  ])('shows %s', (_sentence, differences, expected) => {
    const events = containerEvents({ lastTermination: null, ...differences });
    expect(events.map(({ kind, atMs }) => `${kind} ${(noonMs - atMs) / 60_000}`)).toEqual(expected);
  });
});
