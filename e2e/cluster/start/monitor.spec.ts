import { describe, expect, it } from '@jest/globals';
import { unreported } from './monitor.ts';

const monitor = (more: { reporting?: number; ready?: string; observed?: number } = {}): unknown => ({
  metadata: { generation: 2 },
  status: {
    observedGeneration: more.observed ?? 2,
    nodes: { desired: 2, reporting: more.reporting ?? 2 },
    conditions: [{ type: 'Ready', status: more.ready ?? 'True', message: 'node2 is silent' }],
  },
});

describe('unreported', () => {
  it.each([
    ['nothing is missing when it is Ready and both report', monitor(), undefined],
    ['no status yet', { metadata: { generation: 1 } }, 'the operator has not written a status yet'],
    ['a status of an older spec', monitor({ observed: 1 }), 'the operator has not seen the monitor yet'],
    ['one node silent', monitor({ reporting: 1 }), '1 of 2 nodes report (node2 is silent)'],
    ['not Ready', monitor({ ready: 'False' }), '2 of 2 nodes report (node2 is silent)'],
  ])('%s', (_what, json, expected) => {
    expect(unreported(json)).toBe(expected);
  });
});
