import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { CollectedSamples, type WantedSamples } from './samples-of.ts';

const cpu = 1;
const memory = 2;

function block(tickMs: number, runtimeId: string, age: number, cpuMicros: number): Block {
  return {
    epoch: 'a',
    firstSeq: 1,
    intervalMs: 10_000,
    tickTimes: [tickMs],
    entities: [
      { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: '' },
      { kind: 'container', key: 'pod/c', runtimeId, startedAtMs: 5, description: '' },
    ],
    groups: [
      {
        entity: 1,
        kind: 'resource',
        ages: Float64Array.of(age),
        columns: [
          { metric: cpu, values: Float64Array.of(cpuMicros) },
          { metric: memory, values: Float64Array.of(NaN) },
        ],
      },
    ],
  };
}

function samplesOf(
  blocks: readonly Block[],
  key: string,
  metricIds: ReadonlySet<number>,
  range: Partial<WantedSamples> = {},
) {
  const collected = new CollectedSamples({ key, metricIds, fromMs: 0, toMs: Infinity, ...range });
  // As chunks of a range come: a block at a time, one of them twice.
  for (const one of [...blocks, ...blocks.slice(0, 1)]) collected.take([one]);
  const series = collected.series();
  expect(collected.count).toBe(series.reduce((sum, { timestamps }) => sum + timestamps.length, 0));
  return series;
}

describe('CollectedSamples', () => {
  it('gives the sample time, not the tick time', () => {
    const [series] = samplesOf([block(1000, 'r', 300, 7)], 'pod/c', new Set([cpu]));
    expect(series).toMatchObject({ metric: 'cpuUsageMicros', unit: 'microseconds', timestamps: [700], values: [7] });
  });

  it('keeps incarnations apart', () => {
    const series = samplesOf([block(1000, 'r', 0, 7), block(2000, 's', 0, 1)], 'pod/c', new Set([cpu]));
    expect(series.map((one) => [one.runtimeId, one.values])).toEqual([
      ['r', [7]],
      ['s', [1]],
    ]);
  });

  it('orders by sample time and gives a sample once that two ticks brought', () => {
    const blocks = [block(2000, 'r', 0, 9), block(1000, 'r', 0, 7), block(2500, 'r', 500, 9)];
    const [series] = samplesOf(blocks, 'pod/c', new Set([cpu]));
    expect(series).toMatchObject({ timestamps: [1000, 2000], values: [7, 9] });
  });

  it('gives those that were sampled in the range, its ends included', () => {
    const blocks = [1000, 2000, 3000, 4000].map((tickMs) => block(tickMs, 'r', 100, tickMs));
    const [series] = samplesOf(blocks, 'pod/c', new Set([cpu]), { fromMs: 1900, toMs: 2900 });
    expect(series).toMatchObject({ timestamps: [1900, 2900], values: [2000, 3000] });
  });

  it('leaves out absent values, other entities and metrics that were not asked for', () => {
    expect(samplesOf([block(1000, 'r', 0, 7)], 'pod/c', new Set([memory]))).toEqual([]);
    expect(samplesOf([block(1000, 'r', 0, 7)], 'node', new Set([cpu]))).toEqual([]);
  });
});
