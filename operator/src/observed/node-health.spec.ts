import { describe, expect, it } from '@jest/globals';
import type { KnownReporting, NodeReport } from '../reporting/reporting.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { nodeHealth } from './node-health.ts';
import type { Node, Pod } from './objects.ts';
import { nodeSchema, podSchema } from './objects.ts';

const nowMs = Date.parse('2026-01-01T00:10:00Z');
const intervalMs = 10_000;

function node(ready: 'True' | 'False' | 'Unknown'): Node {
  return nodeSchema.parse({
    metadata: { name: 'n', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
    status: { conditions: [{ type: 'Ready', status: ready }] },
  });
}

function pod(ageMs: number, waiting?: string): Pod {
  return podSchema.parse({
    metadata: {
      name: 'p',
      namespace: 'ns',
      uid: 'p',
      resourceVersion: '1',
      creationTimestamp: new Date(nowMs - ageMs).toISOString(),
    },
    spec: { nodeName: 'n' },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          ready: waiting === undefined,
          restartCount: 0,
          state: waiting === undefined ? {} : { waiting: { reason: waiting } },
        },
      ],
    },
  });
}

const never: KnownReporting = {
  kind: 'known',
  askedAtMs: nowMs,
  answeringSinceMs: nowMs - 3_600_000,
  wasAway: false,
  byNodeUid: new Map(),
};

function heard(silentMs: number | null, more: Partial<NodeReport> = {}): KnownReporting {
  const heardAtMs = silentMs === null ? null : nowMs - silentMs;
  const report = sampleReport({ heardAtMs, intervalMs, ...more });
  return { ...never, byNodeUid: new Map([['u', report]]) };
}

function judge(facts: { node?: Node | undefined; pod?: Pod; reporting: KnownReporting }) {
  const found = 'node' in facts ? facts.node : node('True');
  const its = { name: 'n', node: found, pod: facts.pod ?? pod(600_000), intervalMs };
  const health = nodeHealth(its, facts.reporting);
  return 'complaint' in health ? [health.state, health.complaint.reason] : [health.state];
}

const forbidden = { problems: [{ reason: 'KubeletForbidden', message: 'm' }] };

describe('nodeHealth', () => {
  it.each([
    ['a node that was just heard reports', { reporting: heard(1000) }, ['reporting']],
    [
      'a node that reports and complains is named, and its data counts',
      { reporting: heard(1000, forbidden) },
      ['impaired', 'KubeletForbidden'],
    ],
    [
      'a node whose clock is wrong is named first for that',
      { reporting: heard(1000, { ...forbidden, clockSkewMs: -90_000 }) },
      ['impaired', 'ClockSkewed'],
    ],
    ['silence below 45 s is nothing', { reporting: heard(44_999) }, ['reporting']],
    ['silence of 45 s is named, and does not fail yet', { reporting: heard(45_000) }, ['silent', 'NoRecentData']],
    ['silence of 75 s does not fail yet', { reporting: heard(75_000) }, ['silent', 'NoRecentData']],
    ['silence above 75 s fails', { reporting: heard(75_001) }, ['failing', 'NoRecentData']],
    ['three longer intervals are waited for', { reporting: heard(89_999, { intervalMs: 30_000 }) }, ['reporting']],
    ['and no more than three', { reporting: heard(90_000, { intervalMs: 30_000 }) }, ['failing', 'NoRecentData']],
    [
      'what the agent complains of is the reason',
      { reporting: heard(80_000, forbidden) },
      ['failing', 'KubeletForbidden'],
    ],
    [
      'a crash loop is the reason, whatever was complained of before',
      { reporting: heard(80_000, forbidden), pod: pod(600_000, 'CrashLoopBackOff') },
      ['failing', 'CrashLooping'],
    ],
    [
      'a missing image is the reason',
      { reporting: never, pod: pod(80_000, 'ErrImageNeverPull') },
      ['failing', 'ImagePullFailed'],
    ],
    [
      'a node that is not ready is named and does not fail',
      { reporting: heard(300_000), node: node('Unknown') },
      ['away', 'NodeNotReady'],
    ],
    ['a node that is gone is named and does not fail', { reporting: never, node: undefined }, ['away', 'NodeNotReady']],
    ['a node that is not ready but reports is well', { reporting: heard(1000), node: node('False') }, ['reporting']],
    ['a new agent has 45 s until its first data', { reporting: never, pod: pod(44_999) }, ['waiting']],
    [
      'an agent without any data for longer is named',
      { reporting: never, pod: pod(45_000) },
      ['silent', 'NeverReported'],
    ],
    ['and fails after 75 s', { reporting: never, pod: pod(75_001) }, ['failing', 'NeverReported']],
    [
      'a node known to the API that never pushed is judged by the age of its agent',
      { reporting: heard(null), pod: pod(90_000) },
      ['failing', 'NeverReported'],
    ],
    [
      'a node without data has 45 s from when the API first answers',
      { reporting: { ...never, answeringSinceMs: nowMs - 44_999 } },
      ['waiting'],
    ],
    [
      'a silent node is named at once by one that has just begun to ask',
      { reporting: { ...heard(80_000), answeringSinceMs: nowMs } },
      ['failing', 'NoRecentData'],
    ],
    [
      'a node that was heard before the API went away has 45 s from when it is back, and does not report yet',
      { reporting: { ...heard(300_000), wasAway: true, answeringSinceMs: nowMs - 44_999 } },
      ['waiting'],
    ],
    [
      'and is named then',
      { reporting: { ...heard(300_000), wasAway: true, answeringSinceMs: nowMs - 45_000 } },
      ['silent', 'NoRecentData'],
    ],
  ])('%s', (_sentence, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });
});
