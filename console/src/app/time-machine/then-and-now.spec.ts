import { describe, expect, it } from '@jest/globals';
import type { ContainerList, NodeStateAt } from '@docksnap/contract';
import { aContainer, aNode, noonMs } from '../../testing/answers.ts';
import { containerRows, nodeRows, podRows } from './then-and-now.ts';

const then: NodeStateAt = {
  id: '00000000000000a1',
  name: 'node-1',
  lastTickMs: noonMs - 3_600_000,
  cores: 8,
  memoryBytes: 16 * 2 ** 30,
  cpuCores: 1.5,
  workingSetBytes: 2 ** 30,
  pods: 1,
  containers: 2,
};

function list(items: ContainerList['items'], total = items.length): ContainerList {
  return { items, total, next: null };
}

describe('nodeRows', () => {
  it('has nodes then beside now, and those that had not reported', () => {
    const now = [aNode(), aNode({ id: 'b', name: 'node-0', state: 'silent' })];
    expect(nodeRows([then, { ...then, id: 'c', name: 'node-2' }], now)).toMatchObject([
      { name: 'node-0', then: undefined, cpu: '–', cpuNow: 'silent' },
      { name: 'node-1', cpu: '1.50', memory: '1024', cpuNow: '2.00' },
      { name: 'node-2', cpuNow: 'gone' },
    ]);
  });
});

describe('containerRows', () => {
  const container = aContainer({ workingSetBytes: 64 * 2 ** 20 });

  it.each([
    ['what it uses now', list([aContainer()]), '128.0'],
    ['that it is gone, where all of now is known', list([]), 'gone'],
    ['that it is listed as gone', list([aContainer({ state: 'gone' })]), 'gone'],
    ['nothing, where now is a part', list([], 2000), '–'],
    ['nothing, where now is not known', undefined, '–'],
  ])('tells %s', (_sentence, now, expected) => {
    expect(containerRows([container], now)).toMatchObject([{ memory: '64.0', memoryNow: expected }]);
  });
});

describe('podRows', () => {
  it('sums the containers of a pod, and takes the worst of their states', () => {
    const members = [
      aContainer({ cpuCores: 0.25, workingSetBytes: 2 ** 20, memoryLimitBytes: 2 * 2 ** 20 }),
      aContainer({
        id: 'x',
        name: 'proxy',
        cpuCores: 0.5,
        workingSetBytes: 2 ** 20,
        memoryLimitBytes: 2 * 2 ** 20,
        state: 'waiting',
        stateReason: 'CrashLoopBackOff',
      }),
    ];
    expect(podRows(members, list([]))).toMatchObject([
      {
        name: 'api-6d9c7f8b54-x2lqp',
        pod: 'api, proxy',
        cpu: '0.750',
        memory: '2.0',
        ofLimit: '50.0\u00a0%',
        mark: 'critical',
        state: 'CrashLoopBackOff',
        memoryNow: 'gone',
      },
    ]);
  });

  it('has no limit as soon as one container is without', () => {
    const members = [aContainer(), aContainer({ id: 'x', memoryLimitBytes: null })];
    expect(podRows(members, undefined)).toMatchObject([{ ofLimit: '–', memoryNow: '–' }]);
  });
});
