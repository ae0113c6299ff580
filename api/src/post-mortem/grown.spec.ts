import { describe, expect, it } from '@jest/globals';
import type { Member } from '../series/member.ts';
import { grownBeside } from './grown.ts';

const mebi = 2 ** 20;
const record = { id: 'n', cluster: 'c', name: 'node-1', uid: 'u' };

function member(name: string, kind: 'container' | 'pod' = 'container'): Member {
  const nothing = {
    counters: new Map(),
    gauges: new Map(),
    absentMs: new Float64Array(),
    watchedMs: new Float64Array(),
  };
  const workload = { kind: 'Deployment', name: 'web' };
  return {
    record,
    track: { key: `p/${name}`, kind, ...nothing },
    belonging: { namespace: 'shop', workload, pod: 'p', labels: {} },
    name,
  };
}

/** By how many MiB each of them grew. */
function growing(members: Readonly<Record<string, number>>): readonly string[] {
  const values = ({ name }: Member): Float64Array => Float64Array.of(NaN, mebi, NaN, (1 + (members[name] ?? 0)) * mebi);
  const all = Object.keys(members).map((name) => member(name));
  return grownBeside('n~p~it', all, values).map(({ name }) => name);
}

describe('grownBeside', () => {
  it('names five that grew, most first, beside the one that is looked at', () => {
    expect(growing({ a: 1, b: 6, it: 9, c: 5, d: 4, e: 3, f: 2 })).toEqual(['b', 'c', 'd', 'e', 'f']);
  });

  it('names none that grew by less than a MiB, or shrank', () => {
    expect(growing({ a: 0.9, b: 0, c: -0.5 })).toEqual([]);
  });

  it('names containers alone', () => {
    expect(grownBeside('n~p~it', [member('a', 'pod')], () => Float64Array.of(0, mebi))).toEqual([]);
  });
});
