import { describe, expect, it } from '@jest/globals';
import type { KnownReporting } from '../reporting/reporting.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { healthOfNodes, lowestVersion, reportsOf } from './agents.ts';
import { nodeSchema, podSchema } from './objects.ts';

const nowMs = Date.parse('2026-01-01T00:10:00Z');
const created = '2026-01-01T00:00:00Z';

function node(name: string) {
  const metadata = { name, uid: `${name}-uid`, resourceVersion: '1', creationTimestamp: created };
  return nodeSchema.parse({ metadata, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
}

function pod(name: string, spec: unknown, deletionTimestamp?: string) {
  const metadata = { name, uid: name, resourceVersion: '1', creationTimestamp: created, deletionTimestamp };
  return podSchema.parse({ metadata, spec, status: { phase: 'Pending' } });
}

/** A DaemonSet's pod before it is bound to its node. */
function meantFor(name: string) {
  const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
  return { affinity: { nodeAffinity: required } };
}

function known(...versions: readonly (readonly [uid: string, agentVersion: string])[]): KnownReporting {
  const reports = versions.map(([uid, agentVersion]) => {
    return [uid, sampleReport({ heardAtMs: nowMs, agentVersion })] as const;
  });
  return { kind: 'known', askedAtMs: nowMs, answeringSinceMs: 0, wasAway: false, byNodeUid: new Map(reports) };
}

describe('healthOfNodes', () => {
  const health = (...pods: ReturnType<typeof pod>[]) =>
    healthOfNodes({ node, pods, intervalMs: 10_000 }, known(['a-uid', '1'])).map(({ name, state }) => [name, state]);

  it('judges, by name, the nodes that the DaemonSet has pods for, and no others', () => {
    expect(health(pod('2', { nodeName: 'b' }), pod('1', { nodeName: 'a' }))).toEqual([
      ['a', 'reporting'],
      ['b', 'failing'],
    ]);
  });

  it('knows the node of a pod that waits to be scheduled', () => {
    expect(health(pod('1', meantFor('b')))).toEqual([['b', 'failing']]);
  });

  it('counts a node once while one agent replaces another', () => {
    const [goes, stays] = [pod('1', { nodeName: 'a' }, created), pod('2', { nodeName: 'a' })];
    expect(health(goes, stays)).toHaveLength(1);
    expect(health(stays, goes)).toHaveLength(1);
  });
});

describe('lowestVersion', () => {
  const pods = ['a', 'b', 'c'].map((nodeName) => pod(nodeName, { nodeName }));

  it('compares numbers as numbers, and leaves out what is not known and the nodes of others', () => {
    const reporting = known(['a-uid', '0.10.0'], ['b-uid', '0.9.1'], ['c-uid', ''], ['other-uid', '0.1.0']);
    expect(lowestVersion(reportsOf({ node, pods }, reporting))).toBe('0.9.1');
  });

  it('is unknown when nothing is', () => {
    const unknown = { kind: 'unknown', reason: 'NotAskedYet', message: '' } as const;
    expect(lowestVersion(reportsOf({ node, pods }, known()))).toBeUndefined();
    expect(lowestVersion(reportsOf({ node, pods }, unknown))).toBeUndefined();
  });
});
