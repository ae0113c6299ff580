import { describe, expect, it } from '@jest/globals';
import type { ReportingAnswer, UnknownReporting } from './reporting.ts';
import { reportingOf } from './reporting.ts';

const notAskedYet: UnknownReporting = { kind: 'unknown', reason: 'NotAskedYet', message: '' };
const away: UnknownReporting = { kind: 'unknown', reason: 'DestinationUnreachable', message: '' };

/** The answer of an API whose clock says this, about one node or none. */
function answered(nowMs: number, ...lastReceivedMs: (number | null)[]): ReportingAnswer {
  const node = { uid: 'u', intervalMs: 10_000, backlogTicks: 0, clockSkewMs: 0, agentVersion: '1', problems: [] };
  return { nowMs, nodes: lastReceivedMs.map((ms) => ({ ...node, lastReceivedMs: ms })) };
}

describe('reportingOf', () => {
  const before = reportingOf(answered(1000, 1000), 100_000, notAskedYet);
  const heardAtMs = (reporting: typeof before) => reporting.byNodeUid.get('u')?.heardAtMs;

  it("turns the API's times to the operator's clock, however far apart the clocks are", () => {
    expect(heardAtMs(reportingOf(answered(5_000_000, 4_993_000), 100_000, notAskedYet))).toBe(93_000);
  });

  it('keeps "never" apart from "long ago"', () => {
    expect(heardAtMs(reportingOf(answered(5_000_000, null), 100_000, notAskedYet))).toBeNull();
  });

  it.each([
    ['does not know yet when', answered(2000, null)],
    ['does not know yet at all', answered(2000)],
  ])('remembers a node of which an API that has just started %s', (_sentence, answer) => {
    expect(heardAtMs(reportingOf(answer, 130_000, before, before))).toBe(100_000);
    expect(heardAtMs(reportingOf(answer, 330_000, away, before))).toBe(100_000);
  });

  it('forgets a node after an hour without a word of it', () => {
    expect(reportingOf(answered(1000), 3_700_000, before, before).byNodeUid.size).toBe(0);
  });

  it.each([
    ['at the first answer', notAskedYet, 200_000, false],
    ['at the first answer after the API was away', away, 200_000, true],
    ['while it goes on answering', before, 100_000, false],
  ])('knows since when it is answered: %s', (_sentence, last, answeringSinceMs, wasAway) => {
    expect(reportingOf(answered(1000), 200_000, last)).toMatchObject({ answeringSinceMs, wasAway });
  });
});
