import { describe, expect, it } from '@jest/globals';
import { IngestRate } from './ingest-rate.ts';

type Readings = readonly (readonly [atSeconds: number, counts: Readonly<Record<string, number>>])[];

describe('IngestRate', () => {
  it.each<[string, Readings, number | null]>([
    ['nothing is known of no readings', [], null],
    [
      'nothing is known of half a minute',
      [
        [0, { a: 0 }],
        [30, { a: 60 }],
      ],
      null,
    ],
    [
      'it is per second, of all together',
      [
        [0, { a: 0, b: 5 }],
        [30, { a: 60, b: 5 }],
        [60, { a: 90, b: 35 }],
      ],
      2,
    ],
    [
      'it is of the last minute',
      [
        [0, { a: 0 }],
        [60, { a: 0 }],
        [120, { a: 600 }],
      ],
      10,
    ],
    [
      'who is gone took nothing along, and who is new brought nothing',
      [
        [0, { a: 0, gone: 9_000_000 }],
        [30, { a: 30, gone: 9_000_000 }],
        [60, { a: 60, back: 8_000_000 }],
      ],
      1,
    ],
    [
      'who fell goes on from there',
      [
        [0, { a: 900 }],
        [30, { a: 0 }],
        [60, { a: 60 }],
      ],
      1,
    ],
  ])('%s', (_sentence, readings, expected) => {
    const rate = new IngestRate();
    for (const [seconds, counts] of readings) rate.read(new Map(Object.entries(counts)), seconds * 1000);
    expect(rate.perSecond()).toBe(expected);
  });
});
