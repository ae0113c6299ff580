import { describe, expect, it } from '@jest/globals';
import { aWorkload } from '../../testing/answers.ts';
import { namespaceGroups } from './namespace-groups.ts';

describe('namespaceGroups', () => {
  it('puts workloads under their namespaces, both by name', () => {
    const groups = namespaceGroups([
      aWorkload({ namespace: 'shop', name: 'web' }),
      aWorkload({ namespace: 'batch', name: 'job' }),
      aWorkload({ namespace: 'shop', name: 'api' }),
    ]);
    expect(groups.map((group) => [group.namespace, group.rows.map((row) => row.workload.name)])).toEqual([
      ['batch', ['job']],
      ['shop', ['api', 'web']],
    ]);
  });

  it('sums what is known, and does not invent the rest', () => {
    const [group] = namespaceGroups([aWorkload(), aWorkload({ name: 'web', cpuCores: null })]);
    expect(group).toMatchObject({
      cpu: { used: '0.50', request: '1.00', limit: '' },
      memory: { used: '512', request: '–' },
    });
  });
});
