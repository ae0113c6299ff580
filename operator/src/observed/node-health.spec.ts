import { describe, expect, it } from '@jest/globals';
import type { NodeReport, Reporting } from '../reporting/reporting.ts';
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

function heard(silentMs: number | null, more: Partial<NodeReport> = {}): Reporting {
  const report = { silentMs, intervalMs, agentVersion: '1', problems: [], ...more };
  return { kind: 'known', askedAtMs: nowMs, byNodeUid: new Map([['u', report]]) };
}

const never: Reporting = { kind: 'known', askedAtMs: nowMs, byNodeUid: new Map() };

function judge(facts: { node?: Node | undefined; pod?: Pod; reporting: Reporting }) {
  const { reporting, failing, complaint } = nodeHealth({
    name: 'n',
    node: 'node' in facts ? facts.node : node('True'),
    pod: facts.pod ?? pod(600_000),
    reporting: facts.reporting,
    intervalMs,
    nowMs,
  });
  return [reporting, failing, complaint?.reason];
}

describe('nodeHealth', () => {
  it.each([
    ['a node that was just heard reports', { reporting: heard(1000) }, [true, false, undefined]],
    ['silence below 45 s is nothing', { reporting: heard(44_999) }, [true, false, undefined]],
    ['silence of 45 s is named, and does not fail yet', { reporting: heard(45_000) }, [false, false, 'NoRecentData']],
    ['silence of 75 s does not fail yet', { reporting: heard(75_000) }, [false, false, 'NoRecentData']],
    ['silence above 75 s fails', { reporting: heard(75_001) }, [false, true, 'NoRecentData']],
    [
      'three longer intervals are waited for',
      { reporting: heard(89_000, { intervalMs: 30_000 }) },
      [true, false, undefined],
    ],
    [
      'what the agent complains of is the reason',
      { reporting: heard(80_000, { problems: [{ reason: 'KubeletForbidden', message: 'm' }] }) },
      [false, true, 'KubeletForbidden'],
    ],
    [
      'a crash loop is the reason',
      { reporting: heard(80_000), pod: pod(600_000, 'CrashLoopBackOff') },
      [false, true, 'CrashLooping'],
    ],
    [
      'a missing image is the reason',
      { reporting: never, pod: pod(80_000, 'ErrImageNeverPull') },
      [false, true, 'ImagePullFailed'],
    ],
    [
      'a node that is not ready is named and does not fail',
      { reporting: heard(300_000), node: node('Unknown') },
      [false, false, 'NodeNotReady'],
    ],
    [
      'a node that is gone is named and does not fail',
      { reporting: never, node: undefined },
      [false, false, 'NodeNotReady'],
    ],
    [
      'a node that is not ready but reports is well',
      { reporting: heard(1000), node: node('False') },
      [true, false, undefined],
    ],
    ['a new agent has 45 s until its first data', { reporting: never, pod: pod(40_000) }, [false, false, undefined]],
    [
      'an agent without any data for longer is named',
      { reporting: never, pod: pod(50_000) },
      [false, false, 'NeverReported'],
    ],
    [
      'an agent known to the API that never pushed is judged by its age',
      { reporting: heard(null), pod: pod(90_000) },
      [false, true, 'NoRecentData'],
    ],
  ])('%s', (_sentence, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });

  it('counts the time since the API was asked as silence', () => {
    expect(judge({ reporting: { ...heard(40_000), askedAtMs: nowMs - 6000 } as Reporting })).toEqual([
      false,
      false,
      'NoRecentData',
    ]);
  });

  it('says nothing of nodes while the API cannot be asked', () => {
    const reporting: Reporting = { kind: 'unknown', reason: 'DestinationUnreachable', message: 'away' };
    expect(judge({ reporting })).toEqual([false, false, undefined]);
  });
});
