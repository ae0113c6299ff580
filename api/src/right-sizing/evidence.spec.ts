import { describe, expect, it } from '@jest/globals';
import { evidenceOf, type ReplicaUse } from './evidence.ts';

function replica(values: readonly number[], differences: Partial<ReplicaUse> = {}): ReplicaUse {
  const use = Float64Array.from(values);
  const none = Float64Array.from(values, () => NaN);
  return {
    cpuCores: use,
    cpuPeakCores: none,
    workingSetBytes: use,
    workingSetPeakBytes: none,
    throttledRatio: none,
    ...differences,
  };
}

const steps = (count: number, value: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => value(index));

describe('evidenceOf', () => {
  it('takes percentiles over all replicas and steps that are known', () => {
    const { cpu, watchedHours } = evidenceOf([replica([1, 2, NaN]), replica([3, NaN, NaN])], 0.5);
    expect(cpu).toEqual({ p50: 2, p95: expect.closeTo(2.9), max: 3 });
    expect(watchedHours).toBe(1);
  });

  it('knows peaks that means do not show', () => {
    const peaks = { cpuPeakCores: Float64Array.from([7, NaN]), workingSetPeakBytes: Float64Array.from([NaN, 9]) };
    const { cpu, memory } = evidenceOf([replica([1, 2], peaks)], 1);
    expect([cpu.max, memory.max]).toEqual([7, 9]);
  });

  it('knows nothing of nothing', () => {
    const nothing = { p50: null, p95: null, max: null };
    const expected = { watchedHours: 0, cpu: nothing, memory: nothing, throttledRatio: null, risingShare: null };
    expect(evidenceOf([], 1)).toEqual(expected);
    expect(evidenceOf([replica([NaN, NaN])], 1)).toEqual(expected);
  });

  it.each([
    ['a leak', steps(13, (index) => index), 1],
    ['a leak that is killed now and then', steps(26, (index) => index % 13), 24 / 25],
    ['what goes up and down', steps(13, (index) => index % 2), 0.5],
    ['what stands still', steps(100, () => 5), null],
    ['too few changes', steps(12, (index) => index), null],
  ])('tells how often %s rises', (_sentence, values, expected) => {
    expect(evidenceOf([replica(values)], 1).risingShare).toBe(expected);
  });
});
