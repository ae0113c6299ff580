import { describe, expect, it } from '@jest/globals';
import { FakeTimers, settle } from '../testing/fake-timers.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { ReportingAsker, periodMs } from './asker.ts';
import type { KnownReporting, Reporting, ReportingAnswer, UnknownReporting } from './reporting.ts';

const away: UnknownReporting = { kind: 'unknown', reason: 'DestinationUnreachable', message: 'away' };
const answered: ReportingAnswer = { nowMs: 0, nodes: [] };

function known(askedAtMs: number, heardAtMs: number | null = askedAtMs): KnownReporting {
  const report = sampleReport({ heardAtMs });
  return { kind: 'known', askedAtMs, answeringSinceMs: 0, wasAway: false, byNodeUid: new Map([['u', report]]) };
}

function started(answer: (nowMs: number) => ReportingAnswer | UnknownReporting, isNeeded = true) {
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
    const { timers, answers, stop, running } = started(() => answered);
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
    const { asker, timers, answers } = started(() => answered, false);
    await timers.advance(30_000);
    expect(answers).toEqual([]);
    expect(asker.last).toMatchObject({ reason: 'NotAskedYet' });
  });

  it('lets the last word of an API that is away count for less than 30 s, and starts anew when it is back', async () => {
    const { asker, timers } = started((nowMs) => (nowMs === 0 || nowMs >= 40_000 ? answered : away));
    await settle();
    await timers.advance(10_000);
    await timers.advance(10_000);
    expect(asker.last).toMatchObject({ kind: 'known', askedAtMs: 0 });
    await timers.advance(10_000);
    expect(asker.last).toEqual(away);
    await timers.advance(10_000);
    expect(asker.last).toMatchObject({ kind: 'known', answeringSinceMs: 40_000, wasAway: true });
  });

  it('takes no notice of an absence shorter than that', async () => {
    const { asker, timers } = started((nowMs) => (nowMs === 10_000 ? away : answered));
    await settle();
    await timers.advance(10_000);
    await timers.advance(10_000);
    expect(asker.last).toMatchObject({ kind: 'known', askedAtMs: 20_000, answeringSinceMs: 0, wasAway: false });
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
