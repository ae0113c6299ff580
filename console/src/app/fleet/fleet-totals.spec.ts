import { describe, expect, it } from '@jest/globals';
import { aNode } from '../../testing/answers.ts';
import { fleetTotals } from './fleet-totals.ts';

const silent = aNode({ state: 'silent', cpuCores: null, workingSetBytes: null, containers: 7 });

describe('fleetTotals', () => {
  it('sums what reporting nodes use and have', () => {
    expect(fleetTotals([aNode(), aNode({ cpuCores: 1, cores: 4 })])).toMatchObject({
      nodes: 2,
      reporting: 2,
      containers: 10,
      unknownContainers: 0,
      cpu: { used: 3, of: 12 },
    });
  });

  it('does not count a silent node’s size as unused', () => {
    expect(fleetTotals([aNode(), silent])).toMatchObject({
      nodes: 2,
      reporting: 1,
      unknownContainers: 7,
      cpu: { used: 2, of: 8 },
    });
  });

  it('knows nothing when no node reports', () => {
    expect(fleetTotals([silent])).toMatchObject({ cpu: null, memory: null });
    expect(fleetTotals([])).toMatchObject({ nodes: 0, cpu: null });
  });

  it.each([
    ['of a cluster', [aNode(), aNode()], 6],
    ['where a machine without them is among the nodes', [aNode(), aNode({ cluster: 'machines' })], null],
  ])('counts pods: %s', (_sentence, nodes, expected) => {
    expect(fleetTotals(nodes).pods).toBe(expected);
  });

  it('leaves a node out of a sum whose size is not known', () => {
    expect(fleetTotals([aNode({ cores: null }), aNode()]).cpu).toEqual({ used: 2, of: 8 });
  });
});
