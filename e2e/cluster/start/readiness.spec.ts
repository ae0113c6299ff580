import { describe, expect, it } from '@jest/globals';
import { silentNode } from './readiness.ts';

const since = Date.parse('2026-01-01T00:00:10Z');
const lease = (name: string, renewTime: string) => ({ metadata: { name }, spec: { renewTime } });
const node = (name: string, status: string) => ({
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status }] },
});
const fresh = { items: [lease('node1', '2026-01-01T00:00:11.5Z'), lease('node2', '2026-01-01T00:00:12Z')] };
const ready = { items: [node('node1', 'True'), node('node2', 'True')] };

describe('silentNode', () => {
  it('is none when both kubelets reported since and are Ready', () => {
    expect(silentNode(fresh, ready, since)).toBeUndefined();
  });

  it('does not believe a Ready of an earlier life', () => {
    const stale = { items: [lease('node1', '2026-01-01T00:00:09Z'), lease('node2', '2026-01-01T00:00:12Z')] };
    expect(silentNode(stale, ready, since)).toBe("node1's kubelet has not reported yet");
  });

  it.each([
    ['not Ready', { items: [node('node1', 'True'), node('node2', 'False')] }],
    ['unknown to Kubernetes', { items: [node('node1', 'True')] }],
  ])('names a node that is %s', (_what, nodes) => {
    expect(silentNode(fresh, nodes, since)).toBe('node2 is not Ready');
  });
});
