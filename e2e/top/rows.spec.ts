import { describe, expect, it } from '@jest/globals';
import type { ContainerSummary, GroupsAnswer } from '@docksnap/contract';
import { topRows } from './rows.ts';

const container: ContainerSummary = {
  id: 'n1~u1~server',
  nodeId: 'n1',
  node: 'node-1',
  namespace: 'shop',
  pod: 'web-1',
  podUid: 'u1',
  name: 'server',
  workload: null,
  image: 'web:1',
  state: 'running',
  stateReason: null,
  restarts: 0,
  cpuCores: 0.5,
  workingSetBytes: 100,
  throttledRatio: null,
  cpuRequestCores: null,
  cpuLimitCores: null,
  memoryRequestBytes: null,
  memoryLimitBytes: null,
  startedAtMs: null,
  lastSampleMs: null,
};
const machine = { id: 'n1', cores: 4, memoryBytes: 1000 };

function metric(values: Readonly<Record<string, readonly (number | null)[]>>): GroupsAnswer['metrics'][string] {
  const groups = Object.entries(values).map(([key, some]) => ({
    key,
    name: key,
    namespace: null,
    workload: null,
    pod: null,
    node: null,
    members: 1,
    share: null,
    values: [...some],
  }));
  return { unit: 'bytes/s', groups, others: null, unaccounted: null, total: [] };
}

describe('a row', () => {
  it.each([
    [
      'has shares of its machine without limits',
      {},
      [machine],
      { cpuRatio: 0.125, memoryLimitBytes: 1000, memoryRatio: 0.1 },
    ],
    [
      'has shares of its limits',
      { cpuLimitCores: 1, memoryLimitBytes: 200 },
      [machine],
      { cpuRatio: 0.5, memoryLimitBytes: 200, memoryRatio: 0.5 },
    ],
    ['has no shares where nothing is known', {}, [], { cpuRatio: null, memoryLimitBytes: null, memoryRatio: null }],
    [
      'has no shares of what it does not use',
      { cpuCores: null, workingSetBytes: null },
      [machine],
      { cpuRatio: null, memoryRatio: null },
    ],
    ['has no share of a limit of nothing', { memoryLimitBytes: 0 }, [machine], { memoryRatio: null }],
    ['is named by namespace and pod', {}, [], { name: 'shop/web-1/server' }],
    ['is named as Docker does', { namespace: '_docker', pod: 'db', name: 'db' }, [], { name: 'db' }],
  ])('%s', (_sentence, differences, machines, expected) => {
    expect(topRows([{ ...container, ...differences }], machines, {})).toEqual([expect.objectContaining(expected)]);
  });

  it('has the newest rate that is known: disk of its own, network of its pod', () => {
    const rates = {
      networkReceivedBytesPerSecond: metric({ 'n1~u1': [1, 2, null], 'n1~u2': [7, 8, 9] }),
      networkTransmittedBytesPerSecond: metric({ 'n1~u1': [null, null] }),
      diskReadBytesPerSecond: metric({ 'n1~u1~server': [0] }),
    };
    expect(topRows([container], [], rates)).toEqual([
      expect.objectContaining({
        networkReceivedBytesPerSecond: 2,
        networkTransmittedBytesPerSecond: null,
        diskReadBytesPerSecond: 0,
        diskWrittenBytesPerSecond: null,
      }),
    ]);
  });
});
