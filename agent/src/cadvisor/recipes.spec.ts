import { describe, expect, it } from '@jest/globals';
import { integerOf, objectOf, timeOf } from '../json.ts';
import { machinePages, recordedSamples } from '../testing/machine-server.ts';

/** One second of a minute: unix ms and CPU time so far, in seconds. */
interface Moment {
  readonly atMs: number;
  readonly cpuSeconds: number;
}

/** The sixty recorded samples of a container, or of the machine. */
function minuteOf(name: string): readonly Moment[] {
  const specs = Object.entries(objectOf(machinePages['/api/v2.0/spec/']));
  const cgroup = name === '/' ? name : specs.find(([, spec]) => JSON.stringify(spec).includes(`"${name}"`))?.[0];
  return recordedSamples(cgroup ?? '').map((sample) => ({
    atMs: timeOf(sample['timestamp']) ?? NaN,
    cpuSeconds: (integerOf(objectOf(objectOf(sample['cpu'])['usage'])['total']) ?? NaN) / 1e9,
  }));
}

const rates = (minute: readonly Moment[]): readonly number[] =>
  minute.slice(1).map(({ atMs, cpuSeconds }, index) => {
    const before = minute[index] ?? { atMs: NaN, cpuSeconds: NaN };
    return (cpuSeconds - before.cpuSeconds) / ((atMs - before.atMs) / 1000);
  });

/** The paper's: the largest of a minute's derivatives less the smallest. */
const spread = (minute: readonly Moment[]): number => Math.max(...rates(minute)) - Math.min(...rates(minute));

/** What the API does with the ends of a time: increase over the time between the samples. */
function meanCores(minute: readonly Moment[]): number {
  const [first, last] = [minute[0], minute.at(-1)];
  if (first === undefined || last === undefined) return NaN;
  return (last.cpuSeconds - first.cpuSeconds) / ((last.atMs - first.atMs) / 1000);
}

/** Derivatives that take samples to be one second apart, as they are configured and are not. */
const bySecond = (minute: readonly Moment[]): number =>
  minute.slice(1).reduce((sum, { cpuSeconds }, index) => sum + cpuSeconds - (minute[index]?.cpuSeconds ?? NaN), 0) /
  (minute.length - 1);

describe('two recipes for the CPU of a minute, on real samples (docs/accuracy.md)', () => {
  it.each([
    ['a machine whose two cores are busy all the time', '/', 1.985, 0.173],
    ['a container that reads a file each second', 'db-1', 0.004, 0.005],
    ['a container that sleeps', 'plain', 0, 0],
  ])('of %s', (_what, name, ours, papers) => {
    expect(meanCores(minuteOf(name))).toBeCloseTo(ours, 2);
    expect(spread(minuteOf(name))).toBeCloseTo(papers, 2);
  });

  it('differ by a factor of eleven where the machine is full: a steady load has no spread', () => {
    const minute = minuteOf('/');
    expect(meanCores(minute) / spread(minute)).toBeGreaterThan(11);
  });

  it('differ by half where samples are taken to be a second apart', () => {
    expect(bySecond(minuteOf('/')) / meanCores(minuteOf('/'))).toBeGreaterThan(1.5);
    expect(bySecond(minuteOf('/'))).toBeGreaterThan(2);
  });
});
