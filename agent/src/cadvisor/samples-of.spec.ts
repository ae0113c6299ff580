import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RowDrops } from '../exposition/row-drops.ts';
import { recordedMs, recordedSamples } from '../testing/machine-server.ts';
import { samplesOf } from './samples-of.ts';
import { keptTicks } from './tick-grid.ts';

const window = { afterMs: 0, oldestMs: recordedMs.first - 60_000, newestMs: recordedMs.last + 60_000, node: true };
const recorded = recordedSamples('/');

/** A recorded sample in which some members, deep or not, are anything else. */
const damaged = fc
  .tuple(fc.nat(recorded.length - 1), fc.dictionary(fc.constantFrom(...Object.keys(recorded[0] ?? {})), fc.jsonValue()))
  .map(([index, changes]) => ({ ...recorded[index], ...changes }));

describe('samples of a cgroup', () => {
  it('are whole numbers at moments that ascend, whatever the page holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.array(damaged).map((rows) => ({ '/': rows })),
        ),
        (page) => {
          const samples = samplesOf(page, window, new RowDrops());
          const times = samples.map(({ sampleMs }) => sampleMs);
          expect(times.every((each, index) => each > (times[index - 1] ?? 0))).toBe(true);
          expect(times.every((each) => each >= window.oldestMs && each <= window.newestMs)).toBe(true);
          for (const { values } of samples) {
            for (const value of Object.values(values).flatMap((each) => [...each])) {
              expect(Number.isNaN(value) || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('are no more than are ever asked for, and the rest is counted', () => {
    const drops = new RowDrops();
    const rows = Array.from({ length: 500 }, (_none, ms) => ({
      timestamp: new Date(recordedMs.last + ms).toISOString(),
    }));
    expect(samplesOf({ '/': rows }, window, drops)).toHaveLength(keptTicks);
    expect(drops.count('too_many')).toBe(500 - keptTicks);
  });

  it('have no -0, which JSON knows and a block does not', () => {
    const page: unknown = JSON.parse(
      `{"/": [{"timestamp": "${new Date(recordedMs.last).toISOString()}", "cpu": {"usage": {"total": -0}}}]}`,
    );
    const [sample] = samplesOf(page, window, new RowDrops());
    const values = Object.values(sample?.values ?? {}).flatMap((each) => [...each]);
    expect(values.filter((value) => value === 0).map((value) => Object.is(value, 0))).toEqual([true]);
  });

  it('are those after the newest that was taken', () => {
    const afterMs = recordedMs.last - 10_000;
    const samples = samplesOf({ '/': recorded }, { ...window, afterMs }, new RowDrops());
    expect(samples.length).toBeGreaterThan(3);
    expect(samples.every(({ sampleMs }) => sampleMs > afterMs)).toBe(true);
  });
});
