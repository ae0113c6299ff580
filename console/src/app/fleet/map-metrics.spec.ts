import { describe, expect, it } from '@jest/globals';
import { aContainer, aNode } from '../../testing/answers.ts';
import { inkOf, mapMetric, mapMetrics } from './map-metrics.ts';

describe('the map’s metrics', () => {
  it.each([
    ['cpu-limit', aContainer(), 0.5, '0.25 cores of 0.5 cores, 50.0 %'],
    ['memory-limit', aContainer(), 0.5, '128 MiB of 256 MiB, 50.0 %'],
    ['memory-limit', aContainer({ workingSetBytes: 2 ** 30 }), 1, '1 GiB of 256 MiB, 400.0 %'],
    ['cpu', aContainer({ cpuCores: 0.1 }), 0.5, '0.1 cores'],
    ['cpu', aContainer({ cpuCores: 0 }), 0, '0 cores'],
    ['throttled', aContainer({ throttledRatio: 0.38 }), 0.38, '38.0 % of periods throttled'],
    ['restarts', aContainer({ restarts: 40 }), 1, '40 restarts'],
  ] as const)('%s of a container', (key, container, level, words) => {
    const value = mapMetric(key).ofContainer(container);
    expect([value?.level.toFixed(3), value?.words.replaceAll('\u00a0', ' ')]).toEqual([level.toFixed(3), words]);
  });

  it('know nothing where there is nothing to measure by', () => {
    expect(mapMetric('cpu-limit').ofContainer(aContainer({ cpuLimitCores: null }))).toBeNull();
    expect(mapMetric('throttled').ofContainer(aContainer({ throttledRatio: null }))).toBeNull();
    expect(mapMetric('memory').ofNode(aNode({ workingSetBytes: null }))).toBeNull();
  });

  it('are the first one where a link names another', () => {
    expect(mapMetric('<script>')).toBe(mapMetrics[0]);
  });

  it.each([
    [0, 0],
    [0.124, 0],
    [0.125, 1],
    [0.99, 7],
    [1, 7],
  ])('a level of %s has ink %s', (level, ink) => {
    expect(inkOf(level)).toBe(ink);
  });
});
