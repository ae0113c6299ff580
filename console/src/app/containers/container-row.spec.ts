import { describe, expect, it } from '@jest/globals';
import { aContainer, noonMs } from '../../testing/answers.ts';
import { containerMark, containerRow, containerState } from './container-row.ts';

describe('containerMark and containerState', () => {
  it.each([
    ['running', null, 'ok', 'Running'],
    ['waiting', 'ContainerCreating', 'warning', 'ContainerCreating'],
    ['waiting', 'CrashLoopBackOff', 'critical', 'CrashLoopBackOff'],
    ['terminated', 'Completed', 'unknown', 'Completed'],
    ['terminated', 'OOMKilled', 'critical', 'OOMKilled'],
    ['gone', null, 'unknown', 'Gone'],
    // A running container keeps the reason of an earlier state in some sources.
    ['running', 'Error', 'ok', 'Running'],
  ] as const)('%s, %s', (state, stateReason, mark, words) => {
    expect(containerMark({ state, stateReason })).toBe(mark);
    expect(containerState({ state, stateReason })).toBe(words);
  });
});

describe('containerRow', () => {
  it('has numbers with equal decimals and their limits', () => {
    expect(containerRow(aContainer(), noonMs)).toMatchObject({
      cpu: '0.250',
      cpuOf: '/ 0.50',
      memory: '128.0',
      memoryOf: '/ 256\u00a0MiB',
      workload: 'Deployment api',
    });
  });

  it('leaves out what is not set, and shows what is not known as a dash', () => {
    const row = containerRow(
      aContainer({
        cpuCores: null,
        workingSetBytes: null,
        cpuLimitCores: null,
        memoryLimitBytes: null,
        workload: null,
      }),
      noonMs,
    );
    expect(row).toMatchObject({ cpu: '–', cpuOf: '', memory: '–', memoryOf: '', workload: '–' });
  });
});
