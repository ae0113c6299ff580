import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { newestSamples } from './newest-samples.ts';

const cpu = 1;
const memory = 2;

interface Asked {
  readonly tickTimes: readonly number[];
  readonly ages: readonly number[];
  readonly cpuValues: readonly number[];
  readonly memoryValues?: readonly number[];
  readonly runtimeId?: string;
}

function block({ tickTimes, ages, cpuValues, memoryValues, runtimeId = 'run-1' }: Asked): Block {
  const columns = [{ metric: cpu, values: Float64Array.from(cpuValues) }];
  if (memoryValues !== undefined) columns.push({ metric: memory, values: Float64Array.from(memoryValues) });
  return {
    epoch: 'e'.repeat(32),
    firstSeq: 1,
    intervalMs: 10_000,
    tickTimes,
    entities: [{ kind: 'container', key: 'c', runtimeId, startedAtMs: 1, description: '' }],
    groups: [{ entity: 0, kind: 'resource', ages: Float64Array.from(ages), columns }],
  };
}

const newest = (blocks: readonly Block[], sinceMs = 0): unknown =>
  Object.fromEntries(newestSamples(blocks, sinceMs).get('c')?.samples ?? []);

describe('the newest samples', () => {
  it('are at tick time less age, of the last tick that brought one', () => {
    const blocks = [block({ tickTimes: [1000, 2000, 3000], ages: [100, 200, NaN], cpuValues: [1, 2, NaN] })];
    expect(newest(blocks)).toEqual({ [cpu]: { value: 2, atMs: 1800 } });
  });

  it('come from the block that has them last', () => {
    const blocks = [
      block({ tickTimes: [1000], ages: [0], cpuValues: [1], memoryValues: [10] }),
      block({ tickTimes: [2000], ages: [0], cpuValues: [2] }),
    ];
    expect(newest(blocks)).toEqual({ [cpu]: { value: 2, atMs: 2000 }, [memory]: { value: 10, atMs: 1000 } });
  });

  it('are none of the container before a restart', () => {
    const blocks = [
      block({ tickTimes: [1000], ages: [0], cpuValues: [1], memoryValues: [10] }),
      block({ tickTimes: [2000], ages: [0], cpuValues: [0], runtimeId: 'run-2' }),
    ];
    expect(newest(blocks)).toEqual({ [cpu]: { value: 0, atMs: 2000 } });
    expect(newestSamples(blocks, 0).get('c')?.entity.runtimeId).toBe('run-2');
  });

  it('are no older than is asked for', () => {
    const blocks = [block({ tickTimes: [1000], ages: [1], cpuValues: [1] })];
    expect(newest(blocks, 999)).toEqual({ [cpu]: { value: 1, atMs: 999 } });
    expect(newest(blocks, 1000)).toEqual({});
  });
});
