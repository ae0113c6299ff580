import { describe, expect, it } from '@jest/globals';
import { reportingOf } from './reporting.ts';

const node = { uid: 'u', intervalMs: 10_000, agentVersion: '1', problems: [] };

describe('reportingOf', () => {
  it("turns the API's times to the operator's clock, however far apart the clocks are", () => {
    const answer = { nowMs: 5_000_000, nodes: [{ ...node, lastReceivedMs: 4_993_000 }] };
    expect(reportingOf(answer, 100_000).byNodeUid.get('u')?.heardAtMs).toBe(93_000);
  });

  it('keeps "never" apart from "long ago"', () => {
    const answer = { nowMs: 5_000_000, nodes: [{ ...node, lastReceivedMs: null }] };
    expect(reportingOf(answer, 100_000).byNodeUid.get('u')?.heardAtMs).toBeNull();
  });

  it.each([
    ['does not know yet when', [{ ...node, lastReceivedMs: null }]],
    ['does not know yet at all', []],
  ])('remembers a node of which an API that has just started %s', (_sentence, nodes) => {
    const before = reportingOf({ nowMs: 1000, nodes: [{ ...node, lastReceivedMs: 1000 }] }, 100_000);
    const after = reportingOf({ nowMs: 2000, nodes }, 130_000, before);
    expect(after.byNodeUid.get('u')?.heardAtMs).toBe(100_000);
  });

  it('forgets a node after an hour without a word of it', () => {
    const before = reportingOf({ nowMs: 1000, nodes: [{ ...node, lastReceivedMs: 1000 }] }, 100_000);
    expect(reportingOf({ nowMs: 1000, nodes: [] }, 3_700_000, before).byNodeUid.size).toBe(0);
  });
});
