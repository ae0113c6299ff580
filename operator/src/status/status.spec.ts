import { describe, expect, it } from '@jest/globals';
import { daemonSetSchema, nodeSchema, podSchema } from '../observed/objects.ts';
import type { KnownReporting } from '../reporting/reporting.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { sampleMonitor } from '../testing/sample-monitor.ts';
import type { Observed } from './status.ts';
import { firstStatus, statusOf } from './status.ts';

const askedAtMs = Date.parse('2026-01-01T01:00:00Z');
const monitor = sampleMonitor();
const created = { resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
const owner = { kind: 'DockSnapMonitor', name: 'docksnap', uid: monitor.metadata.uid };
const names = Array.from({ length: 25 }, (_, index) => `node${String(index).padStart(2, '0')}`);

function daemonSet(ownerReferences: unknown[] = [owner]) {
  const count = names.length;
  return daemonSetSchema.parse({
    metadata: { ...created, name: 'docksnap-agent', uid: 'd', ownerReferences },
    status: { desiredNumberScheduled: count, numberReady: count, updatedNumberScheduled: count },
  });
}

function heard(agoMs: number): KnownReporting {
  const report = sampleReport({ heardAtMs: askedAtMs - agoMs });
  const byNodeUid = new Map(names.map((name) => [name, report]));
  return { kind: 'known', askedAtMs, answeringSinceMs: 0, wasAway: false, byNodeUid };
}

function observed(change: Partial<Observed> = {}): Observed {
  const ready = [{ type: 'Ready', status: 'True' }];
  return {
    monitor,
    previous: undefined,
    applied: { kind: 'applied' },
    image: 'docksnap/agent:0.1.0',
    daemonSet: daemonSet(),
    pods: names.map((name) =>
      podSchema.parse({
        metadata: { ...created, name: `pod-${name}`, uid: name },
        spec: { nodeName: name },
        status: { phase: 'Running', conditions: ready },
      }),
    ),
    node: (name) => nodeSchema.parse({ metadata: { ...created, name, uid: name }, status: { conditions: ready } }),
    version: { minor: 37, name: 'v1.37.2' },
    claim: { refusedFor: undefined, keptFrom: [] },
    trouble: undefined,
    isStalled: false,
    reporting: heard(1000),
    nowMs: askedAtMs,
    ...change,
  };
}

const conditions = (of: Observed) =>
  (statusOf(of).conditions ?? []).map(({ status, reason }) => [status, reason].join(' '));

describe('the status of a monitor', () => {
  it('at first sight says that nothing is known', () => {
    const { conditions: all = [], ...rest } = firstStatus(monitor, askedAtMs);
    expect(rest).toEqual({});
    expect(all.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'Accepted Unknown',
      'Reconciled Unknown',
      'Available Unknown',
      'DataFlowing Unknown',
      'Ready Unknown',
      'KubeletVerified Unknown',
    ]);
  });

  it('is good when everything is', () => {
    expect(conditions(observed())).toEqual([
      'True Valid',
      'True Applied',
      'True AllNodesReady',
      'True Reporting',
      'True Reporting',
      'Unknown NotReportedYet',
    ]);
    expect(statusOf(observed())).toMatchObject({
      observedGeneration: 1,
      nodes: { desired: 25, ready: 25, updated: 25, reporting: 25 },
      unhealthyNodes: [],
      version: '0.1.0',
      daemonSetName: 'docksnap-agent',
    });
  });

  it('stays the same, to the letter, while nothing changes but the time', () => {
    const before = statusOf(observed());
    expect(statusOf(observed({ previous: before, nowMs: askedAtMs + 9000 }))).toEqual(before);
    const silent = statusOf(observed({ reporting: heard(60_000) }));
    expect(statusOf(observed({ previous: silent, reporting: heard(70_000), nowMs: askedAtMs + 9000 }))).toEqual(silent);
  });

  it('calls nobody silent for what the operator has not asked yet', () => {
    const late = observed({ reporting: heard(40_000), nowMs: askedAtMs + 9999 });
    expect(statusOf(late)).toMatchObject({ nodes: { reporting: 25 }, unhealthyNodes: [] });
  });

  it('names the first twenty nodes', () => {
    const named = statusOf(observed({ reporting: heard(60_000) })).unhealthyNodes ?? [];
    expect(named.map(({ name }) => name)).toEqual(names.slice(0, 20));
  });

  it("does not count another's DaemonSet of the same name", () => {
    const taken = { kind: 'failed', reason: 'NameTaken', message: 'it is taken' } as const;
    const status = statusOf(observed({ daemonSet: daemonSet([]), applied: taken }));
    expect(status.nodes).toMatchObject({ desired: 0, ready: 0, updated: 0 });
    expect(conditions(observed({ daemonSet: daemonSet([]), applied: taken }))[4]).toBe('False NameTaken');
  });

  it('says nothing of reports while the API cannot be asked', () => {
    const reporting = { kind: 'unknown', reason: 'DestinationUnreachable', message: 'away' } as const;
    const status = statusOf(observed({ reporting }));
    expect(status).toMatchObject({ nodes: { reporting: 0 }, unhealthyNodes: [] });
    expect(status).not.toHaveProperty('version');
    expect(conditions(observed({ reporting }))[4]).toBe('False DestinationUnreachable');
  });
});
