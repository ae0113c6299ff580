import { describe, expect, it } from '@jest/globals';
import { FakeTimers, settle } from '../testing/fake-timers.ts';
import { ReportingAsker, periodMs } from './asker.ts';
import type { KnownReporting, Reporting } from './reporting.ts';

const away: Reporting = { kind: 'unknown', reason: 'DestinationUnreachable', message: 'away' };

function known(askedAtMs: number, heardAtMs: number | null = askedAtMs): KnownReporting {
  const report = { heardAtMs, intervalMs: 10_000, agentVersion: '1', problems: [] };
  return { kind: 'known', askedAtMs, byNodeUid: new Map([['u', report]]) };
}

function started(answer: (nowMs: number) => Reporting, isNeeded = true) {
  const timers = new FakeTimers();
  const stop = new AbortController();
  const answers: Reporting[] = [];
  const asker: ReportingAsker = new ReportingAsker({
    ask: () => Promise.resolve(answer(timers.nowMs())),
    onAnswer: () => answers.push(asker.last),
    isNeeded: () => isNeeded,
    timers,
    wallMs: timers.nowMs,
  });
  return { asker, timers, answers, stop, running: asker.run(stop.signal) };
}

describe('the asker of reports', () => {
  it('asks at once, then every ten seconds, until it is stopped', async () => {
    const { timers, answers, stop, running } = started((nowMs) => known(nowMs));
    await settle();
    expect(answers).toHaveLength(1);
    await timers.advance(9999);
    expect(answers).toHaveLength(1);
    await timers.advance(1);
    expect(answers).toHaveLength(2);
    stop.abort();
    await running;
  });

  it('asks nothing while there is no monitor', async () => {
    const { asker, timers, answers } = started((nowMs) => known(nowMs), false);
    await timers.advance(30_000);
    expect(answers).toEqual([]);
    expect(asker.last).toMatchObject({ reason: 'NotAskedYet' });
  });

  it('lets the last word of an API that is away count for less than 30 s', async () => {
    const { asker, timers } = started((nowMs) => (nowMs === 0 ? known(0) : away));
    await settle();
    await timers.advance(10_000);
    await timers.advance(10_000);
    expect(asker.last).toEqual(known(0));
    await timers.advance(10_000);
    expect(asker.last).toEqual(away);
  });
});

describe('periodMs', () => {
  it.each([
    ['every node was heard within two intervals', known(0, -20_000), 10_000],
    ['a node is late', known(0, -20_001), 5000],
    ['a node was never heard', known(0, null), 10_000],
    ['the API is away', away, 10_000],
  ])('when %s', (_sentence, last, expected) => {
    expect(periodMs(last, 0)).toBe(expected);
  });
});
