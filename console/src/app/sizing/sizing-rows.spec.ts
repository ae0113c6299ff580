import { describe, expect, it } from '@jest/globals';
import { aSized } from '../../testing/sizing.ts';
import { hintWords, sizingRows } from './sizing-rows.ts';

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

describe('sizing', () => {
  it.each([
    ['cpu', 'request', 2, 0.46, 'CPU request 2 cores → 0.46 cores'],
    ['memory', 'limit', 2 ** 29, 2 ** 30, 'Memory limit 512 MiB → 1 GiB'],
    ['memory', 'request', null, 2 ** 28, 'Memory request none → 256 MiB'],
  ] as const)('says a hint of %s %s in few words', (resource, field, from, to, expected) => {
    expect(plain(hintWords({ resource, field, from, to, why: '' }))).toBe(expected);
  });

  it('has use beside what is asked for, with what it rests on', () => {
    const [row] = sizingRows([aSized()]);
    expect(row).toMatchObject({
      container: 'server',
      cpu: ['2.00', '–', '0.20', '0.40', '1.20'],
      memory: ['256', '512', '150', '190', '200'],
      hints: [{ isMore: false }],
    });
    expect(plain(row?.evidence)).toBe('7 d of 2 replicas; sure');
  });
});
