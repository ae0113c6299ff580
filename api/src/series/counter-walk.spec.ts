import { describe, expect, it } from '@jest/globals';
import { CounterWalk, type Incarnation } from './counter-walk.ts';

const gap = 45_000;
const first: Incarnation = { runtimeId: 'first', startedAtMs: 1_000 };
const second: Incarnation = { runtimeId: 'second', startedAtMs: 15_000 };
const node: Incarnation = { runtimeId: '', startedAtMs: 0 };

type Step = readonly [timeMs: number, value: number, incarnation?: Incarnation] | 'linked run' | 'run of another clock';
type Interval = readonly [fromMs: number, toMs: number, increase: number];

/** What each sample closed; null where it closed nothing. */
function walk(steps: readonly Step[], startWith = first): (Interval | null)[] {
  const counter = new CounterWalk();
  const found: (Interval | null)[] = [];
  for (const step of steps) {
    if (typeof step === 'string') {
      counter.enterRun(step === 'linked run');
      continue;
    }
    const closed = counter.take(step[0], step[1], step[2] ?? startWith, gap);
    found.push(closed ? [counter.fromMs, counter.toMs, counter.increase] : null);
  }
  return found;
}

const long = { runtimeId: 'long', startedAtMs: 0 };

describe('CounterWalk', () => {
  it.each<[string, readonly Step[], (Interval | null)[]]>([
    ['a single sample says nothing when its start is not known', [[10_000, 500, long]], [null]],
    [
      'two samples say by how much and between which times',
      [
        [10_000, 500, long],
        [20_000, 700, long],
      ],
      [null, [10_000, 20_000, 200]],
    ],
    ['a first sample counts from the start of its incarnation', [[10_000, 500]], [[1_000, 10_000, 500]]],
    ['a first sample whose start lies beyond the gap limit says nothing', [[46_001, 500]], [null]],
    ['a first sample whose start lies just within the gap limit counts', [[46_000, 500]], [[1_000, 46_000, 500]]],
    [
      'a restart counts from 0 at the new start, and nothing of the time before it',
      [
        [10_000, 500],
        [20_000, 30, second],
      ],
      [
        [1_000, 10_000, 500],
        [15_000, 20_000, 30],
      ],
    ],
    [
      'a restart whose start is told as earlier than the old last sample counts from that sample',
      [
        [16_000, 500],
        [20_000, 30, second],
      ],
      [
        [1_000, 16_000, 500],
        [16_000, 20_000, 30],
      ],
    ],
    [
      'a restart whose start is not known counts from the sample before',
      [
        [10_000, 500],
        [20_000, 30, long],
      ],
      [
        [1_000, 10_000, 500],
        [10_000, 20_000, 30],
      ],
    ],
    ['a start that is told as later than the sample says nothing', [[14_000, 30, second]], [null]],
    [
      'a fall within an incarnation is a reset: the new value since the last sample',
      [
        [10_000, 500],
        [20_000, 40],
      ],
      [
        [1_000, 10_000, 500],
        [10_000, 20_000, 40],
      ],
    ],
    [
      'samples at the gap limit are joined',
      [
        [10_000, 500],
        [55_000, 700],
      ],
      [
        [1_000, 10_000, 500],
        [10_000, 55_000, 200],
      ],
    ],
    [
      'samples beyond the gap limit say nothing of the time between',
      [
        [10_000, 500],
        [55_001, 700],
        [60_000, 710],
      ],
      [[1_000, 10_000, 500], null, [55_001, 60_000, 10]],
    ],
    [
      'a late tick brings a sample that is as good as any',
      [
        [10_000, 500],
        [31_500, 715],
      ],
      [
        [1_000, 10_000, 500],
        [10_000, 31_500, 215],
      ],
    ],
    [
      'an unchanged sample is no news, and the next counts from the first sight of it',
      [
        [10_000, 500],
        [10_000, 500],
        [20_000, 600],
      ],
      [[1_000, 10_000, 500], null, [10_000, 20_000, 100]],
    ],
    [
      'a sample older than the last is no news',
      [
        [10_000, 500],
        [9_000, 450],
        [20_000, 600],
      ],
      [[1_000, 10_000, 500], null, [10_000, 20_000, 100]],
    ],
    [
      'an equal value is an increase of 0',
      [
        [10_000, 500],
        [20_000, 500],
      ],
      [
        [1_000, 10_000, 500],
        [10_000, 20_000, 0],
      ],
    ],
    [
      'the agent restarts: the next run goes on from the last',
      [[10_000, 500], 'linked run', [22_000, 620]],
      [
        [1_000, 10_000, 500],
        [10_000, 22_000, 120],
      ],
    ],
    [
      'a fall from run to run is two clocks that disagree, not a reset',
      [[10_000, 500], 'linked run', [20_000, 400], [30_000, 410]],
      [[1_000, 10_000, 500], null, [20_000, 30_000, 10]],
    ],
    [
      'a run of another clock begins with nothing before it',
      [[90_000, 500, long], 'run of another clock', [20_000, 600, long], [30_000, 610, long]],
      [null, null, [20_000, 30_000, 10]],
    ],
  ])('%s', (_sentence, steps, intervals) => {
    expect(walk(steps)).toEqual(intervals);
  });

  it('tells boots of a node apart by their start, for they have no runtime id', () => {
    const rebooted = { runtimeId: '', startedAtMs: 15_000 };
    expect(
      walk(
        [
          [10_000, 500],
          [20_000, 30, rebooted],
        ],
        node,
      ),
    ).toEqual([null, [15_000, 20_000, 30]]);
  });

  it('takes a start that is told more exactly later for the same incarnation', () => {
    const exact = { runtimeId: 'first', startedAtMs: 1_234 };
    expect(
      walk([
        [10_000, 500],
        [20_000, 700, exact],
      ])[1],
    ).toEqual([10_000, 20_000, 200]);
  });
});
