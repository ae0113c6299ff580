import { describe, expect, it } from '@jest/globals';
import { nodeMark } from './node-mark.ts';

describe('nodeMark', () => {
  it.each([
    ['a node that reports and is ready', 'reporting', 'True', 'ok'],
    ['a node outside Kubernetes', 'reporting', null, 'ok'],
    ['a node that is not ready', 'reporting', 'False', 'critical'],
    ['a node whose readiness is not known', 'reporting', 'Unknown', 'warning'],
    ['a silent node, whatever Kubernetes says', 'silent', 'True', 'unknown'],
  ] as const)('%s', (_sentence, state, ready, kind) => {
    expect(nodeMark({ state, ready }).kind).toBe(kind);
  });
});
