import { describe, expect, it } from '@jest/globals';
import { kubernetesNode, quantity } from './kubernetes-node.ts';

describe('kubernetesNode', () => {
  it('takes what the node object tells', () => {
    const node = kubernetesNode({
      metadata: { name: 'node-1', uid: 'u' },
      status: {
        addresses: [
          { type: 'InternalIP', address: '10.0.0.1' },
          { type: 'Hostname', address: 'node-1' },
          { type: 'ExternalIP', address: '10.0.0.1' },
        ],
        capacity: { cpu: '4', memory: '8040612Ki' },
        conditions: [
          { type: 'MemoryPressure', status: 'False' },
          {
            type: 'Ready',
            status: 'Unknown',
            reason: 'NodeStatusUnknown',
            message: 'm',
            lastTransitionTime: new Date(7),
          },
        ],
      },
    });
    expect(node).toMatchObject({
      name: 'node-1',
      uid: 'u',
      ready: 'Unknown',
      addresses: ['10.0.0.1', 'node-1'],
      cores: 4,
      memoryBytes: 8_233_586_688,
      conditions: [
        { type: 'MemoryPressure', status: 'False', reason: '', message: '', sinceMs: null },
        { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: 'm', sinceMs: 7 },
      ],
    });
  });

  it('says nothing of what a node that just registered does not tell', () => {
    expect(kubernetesNode({ metadata: { name: 'new', uid: 'u' } })).toMatchObject({ conditions: [], addresses: [] });
    expect(kubernetesNode({ metadata: { name: 'new', uid: 'u' } }).ready).toBeUndefined();
  });
});

describe('quantity', () => {
  it.each([
    ['2', 2],
    ['1500m', 1.5],
    ['1.5Gi', 1_610_612_736],
    ['3k', 3000],
    ['', undefined],
    ['many', undefined],
    [undefined, undefined],
  ])('reads %s', (text, value) => {
    expect(quantity(text)).toBe(value);
  });
});
