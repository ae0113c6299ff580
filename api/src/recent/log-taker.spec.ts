import { describe, expect, it } from '@jest/globals';
import type { AgentReport } from '@docksnap/contract';
import { reportOf } from './log-taker.ts';

describe('the report in a log', () => {
  const report: AgentReport = {
    agentVersion: '1',
    intervalMs: 10_000,
    sentAtMs: 1,
    ledger: [],
    backlogTicks: 0,
    backlogBytes: 0,
    problems: [],
  };
  const newer = { ...report, problems: [{ reason: 'UnknownYet', message: 'what a later release tells', sinceMs: 1 }] };
  const logged = (text: string | null) =>
    reportOf({
      ...{ n: 'n', atMs: 1, skewMs: 0, duplicate: 0, report: text },
      ...{ lengths: [], shifts: [], body: new Uint8Array(0) },
    });

  it.each([
    ['is what the agent said', JSON.stringify(report), report],
    ['is none where there is none', null, undefined],
    [
      'is none, and holds up nobody, where a newer replica took what is not known here',
      JSON.stringify(newer),
      undefined,
    ],
  ])('%s', (_sentence, text, expected) => {
    expect(logged(text)).toEqual(expected);
  });
});
