import { describe, expect, it } from '@jest/globals';
import { aFinding, noonMs } from '../../testing/answers.ts';
import { findingRow } from './finding-row.ts';

const node = { kind: 'node', id: 'n2', nodeId: 'n2', node: 'node-2', name: 'node-2' } as const;

describe('findingRow', () => {
  it('names the workload, and opens the chart at the range that shows it', () => {
    expect(findingRow(aFinding(), noonMs)).toMatchObject({
      mark: 'warning',
      urgency: 'Warning',
      name: 'shop/api',
      place: 'on node-1',
      link: ['/containers', '00000000000000a1~pod-1~api'],
      params: { from: String(noonMs - 7_200_000), to: String(noonMs) },
      fragment: 'chart-memory',
    });
  });

  it.each([
    ['a container that is called otherwise', aFinding({}, { name: 'sidecar' }), 'shop/api, sidecar'],
    ['a pod without a workload', aFinding({}, { workload: null }), 'shop/api'],
    ['a node', aFinding({}, { ...node, namespace: null, workload: null, pod: null }), 'node-2'],
  ])('names %s', (_sentence, finding, name) => {
    expect(findingRow(finding, noonMs).name).toBe(name);
  });

  it('says how sure it is, and of how many replicas the same is true', () => {
    const { sentence } = findingRow(aFinding({ confidence: 'possible', alike: 3 }), noonMs);
    expect(sentence).toBe('leaks 3.1 MiB/min. (possible) 3 more of its replicas too.');
  });

  it('says no time where none is known', () => {
    expect(findingRow(aFinding({ sinceMs: null }), noonMs).since).toBe('');
  });
});
