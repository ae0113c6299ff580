import { describe, expect, it } from '@jest/globals';
import { bytesWords, coresWords, durationWords, growthWords, timesWords } from './words.ts';

const mebi = 1024 * 1024;
const minuteMs = 60_000;

describe('words', () => {
  it.each([
    [bytesWords(0), '0 B'],
    [bytesWords(1024 * mebi), '1 GiB'],
    [bytesWords(3.14 * mebi), '3.14 MiB'],
    [bytesWords(512.4 * mebi), '512 MiB'],
    [growthWords((3.1 * mebi) / minuteMs), '3.1 MiB/min'],
    [growthWords((3.1 * mebi) / 60 / minuteMs), '3.1 MiB/h'],
    [growthWords((0.5 * mebi) / 60 / minuteMs), '12 MiB a day'],
    [durationWords(400), '1 s'],
    [durationWords(59_000), '59 s'],
    [durationWords(119 * minuteMs), '119 min'],
    [durationWords(3 * 60 * minuteMs), '3 h'],
    [durationWords(72 * 60 * minuteMs), '3 days'],
    [coresWords(1), '1 core'],
    [coresWords(0.5), '0.5 cores'],
    [[1, 2, 3].map(timesWords).join(), 'once,twice,3 times'],
  ])('%s is %s', (words, expected) => {
    expect(words).toBe(expected);
  });
});
