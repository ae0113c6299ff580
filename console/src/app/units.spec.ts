import { describe, expect, it } from '@jest/globals';
import {
  bytesNumber,
  byteUnit,
  coresNumber,
  counted,
  formatAge,
  formatBytes,
  formatCores,
  formatRate,
  formatShare,
} from './units.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('units', () => {
  it.each([
    ['a value that is not known is a dash, never zero', formatBytes(null), '–'],
    ['zero bytes', formatBytes(0), '0 B'],
    ['just below a kibibyte', formatBytes(1023), '1023 B'],
    ['a kibibyte', formatBytes(1024), '1 KiB'],
    ['a limit as people write it', formatBytes(512 * 2 ** 20), '512 MiB'],
    ['a fraction keeps three figures', formatBytes(1.5 * 2 ** 30), '1.5 GiB'],
    ['the largest unit takes the rest', formatBytes(2 ** 62), '4096 PiB'],
    ['one core has no plural', formatCores(1), '1 core'],
    ['half a core', formatCores(0.5), '0.5 cores'],
    ['rates are decimal, as networks are sold', formatRate(4_700_000), '4.7 MB/s'],
    ['a slow rate', formatRate(12), '12 B/s'],
    ['no rate', formatRate(0), '0 B/s'],
    ['an unknown rate', formatRate(null), '–'],
    ['a share', formatShare(0.1184), '11.8 %'],
    ['no share is a bare zero', formatShare(0), '0'],
    ['an unknown share', formatShare(null), '–'],
    ['seconds', formatAge(12_400), '12 s'],
    ['a clock that is ahead gives no negative age', formatAge(-5000), '0 s'],
    ['minutes', formatAge(14 * 60_000), '14 min'],
    ['whole hours', formatAge(2 * 3_600_000), '2 h'],
    ['hours and minutes', formatAge(2 * 3_600_000 + 5 * 60_000), '2 h 5 min'],
    ['days', formatAge(41 * 86_400_000 + 5), '41 d'],
    ['one of something', counted(1, 'node'), '1 node'],
    ['several of something', counted(12, 'match', 'matches'), '12 matches'],
  ])('%s', (_sentence, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('gives the numbers of a column equal decimals', () => {
    expect([0.1, 12, null].map((cores) => coresNumber(cores))).toEqual(['0.10', '12.00', '–']);
    const gibi = byteUnit(64 * 2 ** 30);
    expect([2 ** 30, 38.2 * 2 ** 30].map((bytes) => bytesNumber(bytes, gibi))).toEqual(['1.0', '38.2']);
  });
});
