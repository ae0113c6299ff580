import { describe, expect, it } from '@jest/globals';
import { NodeLatest } from './node-latest.ts';
import { blocksOf, type Row, type TickRows } from './testing/blocks.ts';

const cpu = 1;
const memory = 2;
const periods = 12;
const throttled = 13;

const s = (seconds: number): number => seconds * 1000;
const tick = (at: number, ...rows: Row[]): TickRows => ({ at: s(at), rows });
const row = (values: Row['values'], more: Partial<Row> = {}): Row => ({ key: 'c', runtimeId: 'r', values, ...more });

describe('the newest values of an entity', () => {
  it.each<[string, TickRows[], object]>([
    [
      'is the rate between the last two samples, and the last gauge',
      [
        tick(80, row({ [cpu]: 0 })),
        tick(90, row({ [cpu]: 9e6, [memory]: 10 })),
        tick(100, row({ [cpu]: 11e6, [memory]: 20 })),
      ],
      { cpuCores: 0.2, workingSetBytes: 20, lastSampleMs: s(100) },
    ],
    [
      'goes by sample times',
      [tick(90, row({ [cpu]: 0 }, { age: 9000 })), tick(100, row({ [cpu]: 11e6 }, { age: 8000 }))],
      { cpuCores: 1, lastSampleMs: s(92) },
    ],
    [
      'is not known from one sample',
      [tick(100, row({ [cpu]: 11e6, [memory]: 20 }))],
      { cpuCores: null, workingSetBytes: 20 },
    ],
    [
      'counts from the start of a new container',
      [tick(100, row({ [cpu]: 2e6 }, { startedAtMs: s(96) }))],
      { cpuCores: 0.5 },
    ],
    [
      'stays while ticks bring no new sample',
      [tick(80, row({ [cpu]: 0 })), tick(90, row({ [cpu]: 5e6 })), tick(100, row({ [cpu]: 5e6 }, { age: NaN }))],
      { cpuCores: 0.5, lastSampleMs: s(90) },
    ],
    [
      'is not known when its newest sample is older than the gap limit',
      [tick(50, row({ [cpu]: 0 })), tick(54, row({ [cpu]: 4e6, [memory]: 5 })), tick(100, row({}, { age: NaN }))],
      { cpuCores: null, workingSetBytes: null, lastSampleMs: s(54) },
    ],
    ['is not known across a gap', [tick(50, row({ [cpu]: 0 })), tick(100, row({ [cpu]: 4e6 }))], { cpuCores: null }],
    [
      'counts a new value after a reset',
      [tick(90, row({ [cpu]: 9e6 })), tick(100, row({ [cpu]: 2e6 }))],
      { cpuCores: 0.2 },
    ],
    [
      'goes by the clock that is ahead, where one was set back',
      [
        { ...tick(90, row({ [cpu]: 0 })), epoch: 'before' },
        { ...tick(100, row({ [cpu]: 5e6, [memory]: 1 })), epoch: 'before' },
        { ...tick(95, row({ [cpu]: 6e6, [memory]: 2 })), epoch: 'behind' },
      ],
      { cpuCores: 0.5, workingSetBytes: 1, lastSampleMs: s(100) },
    ],
    [
      'is known for as long as its own group of series may take to the next sample',
      [
        tick(40, row({ [periods]: 0, [throttled]: 0 }, { intervalMs: s(30) })),
        tick(70, row({ [periods]: 40, [throttled]: 10 }, { intervalMs: s(30) })),
        tick(150, row({}, { age: NaN })),
      ],
      { throttledRatio: 0.25 },
    ],
    [
      'has the share of throttled periods',
      [tick(70, row({ [periods]: 0, [throttled]: 0 })), tick(100, row({ [periods]: 40, [throttled]: 10 }))],
      { throttledRatio: 0.25 },
    ],
    [
      'has no such share while no period passes',
      [tick(70, row({ [periods]: 7, [throttled]: 1 })), tick(100, row({ [periods]: 7, [throttled]: 1 }))],
      { throttledRatio: null },
    ],
  ])('%s', (_sentence, ticks, expected) => {
    expect(NodeLatest.of(blocksOf(ticks)).get('c')).toMatchObject(expected);
  });

  it('knows nothing of an entity that has no samples', () => {
    expect(NodeLatest.of([]).get('c')).toBeUndefined();
  });
});
