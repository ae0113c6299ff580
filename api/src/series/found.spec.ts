import { describe, expect, it } from '@jest/globals';
import { behind } from './found.ts';
import type { Member } from './member.ts';

/** A member that grew by `increase` in each of its steps of a second. */
function member(name: string, increase: number, count: number): Member {
  const filled = (value: number): Float64Array => new Float64Array(count).fill(value);
  const counter = { increase: filled(increase), coveredMs: filled(1000), peakPerMs: filled(increase / 1000) };
  const counters = new Map([[1, counter]]);
  const time = { absentMs: filled(0), watchedMs: filled(1000) };
  return {
    record: undefined,
    track: { key: name, kind: 'container', counters, gauges: new Map(), ...time },
    belonging: undefined,
    name,
  };
}

describe('behind', () => {
  it.each([
    ['more', 3, 1],
    ['as many', 2, 2],
    ['fewer', 1, 3],
  ])('lays what samples say behind %s steps of sums', (_sentence, whole, rest) => {
    const head = { members: [member('of sums', 5, whole)], tier: 'm5' as const, whole };
    const tail = { members: [member('of samples', 7, rest)], tier: 'raw' as const, coveredShare: 1, partial: null };
    const { members, tier, coveredShare } = behind(head, tail, whole + rest);
    const increases = members.map(({ track }) => [...(track.counters.get(1)?.increase ?? [])]);
    const nothing = (count: number): number[] => Array<number>(count).fill(0);
    expect(increases).toEqual([
      [...Array<number>(whole).fill(5), ...nothing(rest)],
      [...nothing(whole), ...Array<number>(rest).fill(7)],
    ]);
    expect([tier, coveredShare]).toEqual(['m5', 1]);
  });
});
