import { describe, expect, it } from '@jest/globals';
import { IngestRate } from './ingest-rate.ts';

describe('IngestRate', () => {
  it.each<[string, [count: number, atSeconds: number][], number | null]>([
    ['nothing is known of no readings', [], null],
    [
      'nothing is known of half a minute',
      [
        [0, 0],
        [60, 30],
      ],
      null,
    ],
    [
      'it is per second',
      [
        [0, 0],
        [60, 30],
        [120, 60],
      ],
      2,
    ],
    [
      'it is of the last minute',
      [
        [0, 0],
        [0, 60],
        [600, 120],
      ],
      10,
    ],
    [
      'a count that begins anew grew by what it is',
      [
        [900, 0],
        [60, 60],
      ],
      1,
    ],
  ])('%s', (_sentence, readings, expected) => {
    const rate = new IngestRate();
    for (const [count, seconds] of readings) rate.read(count, seconds * 1000);
    expect(rate.perSecond()).toBe(expected);
  });
});
