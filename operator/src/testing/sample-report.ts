import type { NodeReport } from '../reporting/reporting.ts';

/** What the API says of a node that does well, with what a test is about. */
export function sampleReport(change: Partial<NodeReport> = {}): NodeReport {
  return {
    heardAtMs: null,
    intervalMs: 10_000,
    backlogTicks: 0,
    clockSkewMs: 0,
    agentVersion: '0.1.0',
    problems: [],
    ...change,
  };
}
