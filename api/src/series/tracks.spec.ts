import { describe, expect, it } from '@jest/globals';
import type { Derivation } from '@docksnap/contract';
import { stepValues } from './step-sums.ts';
import type { Steps } from './steps.ts';
import { blocksOf, type Row, type TickRows, tracksOf } from './testing/blocks.ts';
import { alone } from './tracks.ts';

const cpu = 1;
const memory = 2;
const periods = 12;
const throttled = 13;
const cores: Derivation = { kind: 'rate', from: ['cpuUsageMicros'], scale: 1e-6 };
const workingSet: Derivation = { kind: 'gauge', from: ['workingSetBytes'] };
const throttledRatio: Derivation = { kind: 'ratio', from: ['cpuThrottledPeriods', 'cpuPeriods'] };

/** Seconds of the tests' clock as unix ms. */
const s = (seconds: number): number => seconds * 1000;
const perMinute: Steps = { fromMs: s(60), stepMs: s(60), count: 2 };
const perTenSeconds: Steps = { fromMs: s(60), stepMs: s(10), count: 6 };

/** Ticks each ten seconds over [from, to]; `rows` gives what each lists. */
function ticks(from: number, to: number, rows: (at: number) => Row[], epoch = 'a'): TickRows[] {
  const count = (to - from) / 10 + 1;
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * 10;
    return { at: s(at), rows: rows(at), epoch };
  });
}

/** A container that has used `rate` cores since its start. */
function busy(key: string, startedAt: number, rate: number, at: number): Row {
  const seconds = Math.max(0, at - startedAt);
  return {
    key,
    runtimeId: `${key}@${startedAt}`,
    startedAtMs: s(startedAt),
    values: { [cpu]: seconds * rate * 1e6, [memory]: 100 },
  };
}

interface Asked {
  readonly derivation?: Derivation;
  readonly steps?: Steps;
  readonly sum?: boolean;
}

function values(
  given: readonly TickRows[],
  { derivation = cores, steps = perMinute, sum = false }: Asked = {},
): (number | null)[] {
  const tracks = tracksOf(blocksOf(given), steps, new Set([cpu, memory, periods, throttled]));
  const found = stepValues(derivation, sum ? tracks : tracks.map(alone), steps.count);
  return Array.from(found, (value) => (Number.isNaN(value) ? null : Number(value.toFixed(6))));
}

describe('a track', () => {
  const given = ticks(50, 190, (at) => [
    { key: 'c', runtimeId: 'r', values: { [cpu]: at <= 100 ? at * 1e6 : (2 * at - 100) * 1e6, [memory]: at } },
  ]);
  const [track] = tracksOf(blocksOf(given), perMinute, new Set([cpu, memory]));

  it('has the largest rate of each step', () => {
    expect(track?.counters.get(cpu)?.peakPerMs).toEqual(Float64Array.of(2000, 2000));
  });

  it('has the number, the sum, the smallest, the largest and the newest of the samples of each step', () => {
    const gauge = track?.gauges.get(memory);
    expect(gauge?.counts).toEqual(Float64Array.of(6, 6));
    expect(gauge?.sums).toEqual(Float64Array.of(570, 930));
    expect(gauge?.mins).toEqual(Float64Array.of(70, 130));
    expect(gauge?.maxs).toEqual(Float64Array.of(120, 180));
    expect(gauge?.lasts).toEqual(Float64Array.of(120, 180));
  });
});

describe('one entity', () => {
  it('has a rate over the whole of each step', () => {
    expect(values(ticks(50, 190, (at) => [busy('c', -100, 0.5, at)]))).toEqual([0.5, 0.5]);
  });

  it('has the rate of the covered time in a step that is covered in part', () => {
    expect(values(ticks(50, 150, (at) => [busy('c', -100, 0.5, at)]))).toEqual([0.5, 0.5]);
  });

  it('has no dip and no spike at a restart', () => {
    expect(values(ticks(50, 190, (at) => [busy('c', at < 95 ? -100 : 95, 0.5, at)]))).toEqual([0.5, 0.5]);
  });

  it('has no dip and no spike at a reset without a restart', () => {
    const row = (at: number): Row => ({ key: 'c', runtimeId: 'r', values: { [cpu]: (at < 100 ? at : at - 90) * 1e6 } });
    expect(values(ticks(50, 190, (at) => [row(at)]))).toEqual([1, 1]);
  });

  it('is not known within a gap, and known again after it', () => {
    const given = ticks(50, 190, (at) => [busy('c', -100, 0.5, at)]).filter(({ at }) => at <= s(70) || at >= s(120));
    expect(values(given, { steps: { fromMs: s(60), stepMs: s(10), count: 8 } })).toEqual([
      0.5,
      null,
      null,
      null,
      null,
      null,
      0.5,
      0.5,
    ]);
  });

  it('is read more seldom than its node is, and known in between', () => {
    const row = (at: number): Row => ({ ...busy('c', -100, 0.5, at), intervalMs: s(60) });
    const given = ticks(-10, 190, (at) => (at % 60 === 50 ? [row(at)] : [{ ...row(at), values: {} }]));
    expect(values(given)).toEqual([0.5, 0.5]);
  });

  it('is known at a late tick, over the time since the one before', () => {
    const given = ticks(50, 190, (at) => [busy('c', -100, 0.5, at)]).filter(({ at }) => at !== s(80) && at !== s(90));
    expect(values(given, { steps: perTenSeconds })).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it('goes by sample times, not by tick times', () => {
    // Used 1 core until 95 s and nothing since; each row is 5 s old.
    const row = (at: number): Row => ({
      key: 'c',
      runtimeId: 'r',
      age: 5000,
      values: { [cpu]: Math.min(at - 5, 95) * 1e6 },
    });
    expect(
      values(
        ticks(50, 190, (at) => [row(at)]),
        { steps: perTenSeconds },
      ),
    ).toEqual([1, 1, 1, 0.5, 0, 0]);
  });

  it('takes rows of unequal age as they are: every other one ten seconds old', () => {
    const row = (at: number): Row => {
      const age = at % 20 === 0 ? 10 : 1;
      return { key: 'c', runtimeId: 'r', age: s(age), values: { [cpu]: (at - age) * 1e6 } };
    };
    expect(values(ticks(50, 190, (at) => [row(at)]))).toEqual([1, 1]);
  });

  it('spreads an increase over the ticks that brought no new sample', () => {
    const row = (at: number): Row => ({
      key: 'c',
      runtimeId: 'r',
      values: { [cpu]: at * 1e6 },
      age: at % 30 === 0 ? 0 : NaN,
    });
    expect(
      values(
        ticks(30, 190, (at) => [row(at)]),
        { steps: perTenSeconds },
      ),
    ).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('has no rate from a single sample whose start is not known', () => {
    expect(values([{ at: s(90), rows: [{ key: 'c', values: { [cpu]: 5e6 } }] }])).toEqual([null, null]);
  });

  it('goes on when the agent restarts and an epoch follows another', () => {
    const row = (at: number): Row[] => [busy('c', -100, 0.5, at)];
    expect(values([...ticks(50, 100, row), ...ticks(120, 190, row, 'b')])).toEqual([0.5, 0.5]);
  });

  it('has no spike where a clock was set back and two epochs overlap', () => {
    // Epoch b began later, an hour of work later, on a clock that was set back.
    const later = (at: number): Row[] =>
      [busy('c', -100 - 3600, 0.5, at)].map((row) => ({ ...row, runtimeId: 'c@-100' }));
    const given = [...ticks(50, 150, (at) => [busy('c', -100, 0.5, at)]), ...ticks(75, 195, later, 'b')];
    expect(values(given)).toEqual([0.5, 0.5]);
  });

  it('reads the same whatever the order in which blocks come', () => {
    const given = blocksOf(ticks(50, 190, (at) => [busy('c', -100, at / 1000, at)]));
    const read = (blocks: typeof given): unknown => stepValues(cores, tracksOf(blocks, perMinute, new Set([cpu])), 2);
    expect(read([...given].reverse())).toEqual(read(given));
  });
});

describe('a gauge', () => {
  const rows = (...samples: readonly (readonly [number, number])[]): TickRows[] =>
    samples.map(([at, value]) => ({ at: s(at), rows: [{ key: 'c', values: { [memory]: value } }] }));
  const asked: Asked = { derivation: workingSet, steps: perTenSeconds };

  it.each([
    ['is the mean of its samples in the step', rows([61, 10], [65, 20], [70, 30]), [20, 30, 30, 30, 30, null]],
    ['belongs to the step that it ends', rows([60, 10], [70, 30]), [30, 30, 30, 30, 30, null]],
    ['is the last sample before, as long as the gap limit allows', rows([55, 10]), [10, 10, 10, 10, null, null]],
    ['is not known before its first sample', rows([85, 10]), [null, null, 10, 10, 10, 10]],
    ['counts a sample once that two ticks brought', rows([61, 10], [61, 10], [69, 40]), [25, 40, 40, 40, 40, null]],
  ])('%s', (_sentence, given, expected) => {
    expect(values(given, asked)).toEqual(expected);
  });
});

describe('a ratio', () => {
  const rows = (at: number): Row[] => [
    { key: 'slow', runtimeId: 's', values: { [periods]: at * 10, [throttled]: at * 5 } },
    { key: 'fast', runtimeId: 'f', values: { [periods]: at * 30, [throttled]: 0 } },
    { key: 'free', runtimeId: 'u', values: { [cpu]: at } },
  ];

  it('is the sum of increases over the sum of increases', () => {
    expect(values(ticks(50, 190, rows), { derivation: throttledRatio, sum: true })).toEqual([0.125, 0.125]);
  });

  it('is not known where nothing was counted', () => {
    const idle = (): Row[] => [{ key: 'c', runtimeId: 'r', values: { [periods]: 7, [throttled]: 1 } }];
    expect(values(ticks(50, 190, idle), { derivation: throttledRatio })).toEqual([null, null]);
  });
});

describe('a sum', () => {
  const sum: Asked = { sum: true };

  it('adds the rates of those that have one', () => {
    const rows = (at: number): Row[] => [
      busy('c', -100, 0.5, at),
      busy('d', -100, 0.25, at),
      { key: 'waiting', values: {} },
    ];
    expect(values(ticks(50, 190, rows), sum)).toEqual([0.75, 0.75]);
  });

  it('is not known when none is', () => {
    expect(
      values(
        ticks(50, 190, () => [{ key: 'waiting', values: {} }]),
        sum,
      ),
    ).toEqual([null, null]);
  });

  it('has no dip and no spike at a restart', () => {
    const rows = (at: number): Row[] => [busy('c', at < 95 ? -100 : 95, 0.5, at), busy('d', -100, 0.25, at)];
    expect(values(ticks(50, 190, rows), sum)).toEqual([0.75, 0.75]);
  });

  it('has no spike when a pod follows another within a step', () => {
    const rows = (at: number): Row[] => [at < 95 ? busy('old', -100, 1, at) : busy('new', 95, 1, at)];
    const [cpuCores = 0] = values(ticks(50, 190, rows), sum) as number[];
    // Of the ten seconds between the last sight of the old pod and the next tick nothing is known.
    expect(cpuCores).toBeGreaterThan(0.9);
    expect(cpuCores).toBeLessThan(1.2);
    const [bytes = 0] = values(ticks(50, 190, rows), { sum: true, derivation: workingSet }) as number[];
    expect(bytes).toBeGreaterThan(90);
    expect(bytes).toBeLessThan(120);
  });

  it('counts a short job by the share of the step that it ran', () => {
    const rows = (at: number): Row[] => [
      { key: 'node', values: {} },
      ...(at >= 80 && at <= 100 ? [busy('job', 75, 1, at)] : []),
    ];
    // 75 to 100 s are covered, 100 to 110 s are not known, the rest of the minute it was not there.
    expect(values(ticks(50, 190, rows), sum)).toEqual([0.5, null]);
  });

  it('does not count time of which nothing is known', () => {
    const given = ticks(50, 190, (at) => [busy('c', -100, 1, at)]).filter(({ at }) => at <= s(90));
    expect(values(given, sum)).toEqual([1, null]);
  });
});
