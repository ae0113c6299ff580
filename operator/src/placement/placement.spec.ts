import { describe, expect, it } from '@jest/globals';
import { nodeSchema } from '../observed/objects.ts';
import { defaultSpec, sampleMonitor } from '../testing/sample-monitor.ts';
import { nodeFilter } from './placement.ts';

const labels = { 'kubernetes.io/os': 'linux', pool: 'web', cores: '8' };
const node = (taints: unknown[] = []) =>
  nodeSchema.parse({
    metadata: { name: 'node1', uid: 'u', resourceVersion: '1', creationTimestamp: '', labels },
    spec: { taints },
  });
const term = (key: string, operator: string, ...values: string[]) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
    },
  },
});
const terms = (...nodeSelectorTerms: unknown[]) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
});
const field = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node1'] }] };
const dedicated = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
const cordoned = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

const monitor = (agent: Partial<typeof defaultSpec.agent>) =>
  sampleMonitor({ agent: { ...defaultSpec.agent, ...agent } });

describe('a monitor and a node with a pool "web" and 8 cores', () => {
  it.each([
    ['an empty spec wants it', {}, true],
    ['a selector of its labels wants it', { nodeSelector: { pool: 'web' } }, true],
    ['a selector of other labels does not', { nodeSelector: { pool: 'db' } }, false],
    ['In with its value', { affinity: term('pool', 'In', 'web', 'db') }, true],
    ['In without its value', { affinity: term('pool', 'In', 'db') }, false],
    ['NotIn with its value', { affinity: term('pool', 'NotIn', 'web') }, false],
    ['NotIn with a label that it lacks', { affinity: term('zone', 'NotIn', 'a') }, true],
    ['Exists', { affinity: term('pool', 'Exists') }, true],
    ['DoesNotExist', { affinity: term('pool', 'DoesNotExist') }, false],
    ['Gt', { affinity: term('cores', 'Gt', '4') }, true],
    ['Lt', { affinity: term('cores', 'Lt', '4') }, false],
    ['Gt with a label that it lacks', { affinity: term('disks', 'Gt', '0') }, false],
    ['its name', { affinity: terms(field) }, true],
    ['one of two terms', { affinity: terms({ matchExpressions: [{ key: 'x', operator: 'Exists' }] }, field) }, true],
    ['a term without a requirement', { affinity: terms({}) }, false],
    ['an affinity to pods alone', { affinity: { podAffinity: {} } }, true],
  ])('%s: %j is %s', (_sentence, agent, expected) => {
    expect(nodeFilter(monitor(agent))(node())).toBe(expected);
  });

  it.each([
    ['every taint, unless told', {}, dedicated, true],
    ['none', { tolerations: [] }, dedicated, false],
    ['this key and value', { tolerations: [{ key: 'dedicated', value: 'db' }] }, dedicated, true],
    ['another value', { tolerations: [{ key: 'dedicated', value: 'web' }] }, dedicated, false],
    ['any value of this key', { tolerations: [{ key: 'dedicated', operator: 'Exists' as const }] }, dedicated, true],
    [
      'another effect',
      { tolerations: [{ key: 'dedicated', operator: 'Exists' as const, effect: 'NoExecute' as const }] },
      dedicated,
      false,
    ],
    ['none, which is enough for a wish', { tolerations: [] }, { ...dedicated, effect: 'PreferNoSchedule' }, true],
    ['none, which is enough for a node that is cordoned', { tolerations: [] }, cordoned, true],
  ])('tolerates %s', (_sentence, agent, taint, expected) => {
    expect(nodeFilter(monitor(agent))(node([taint]))).toBe(expected);
  });
});
