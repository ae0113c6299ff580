import { describe, expect, it } from '@jest/globals';
import { limits } from '../limits.ts';
import { decodeBlock } from './decode.ts';
import { decodeRoster } from './roster-format.ts';
import type { Roster } from './roster.ts';
import { forge, forgeRoster, written } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { expectRefusal, refusal } from './testing/refusal.ts';

type Parts = readonly (number | Uint8Array)[];

/** One pod "p"; one resource group of it, of the one set of metrics, which has metric 1. */
const entity: Parts = [1, 1, 1, 1, 112];
const section: Parts = [...entity, 1, 0, 0, 0, 1, 1, 0, 0];
/** One row of two ticks, both present; everyone always listed; the group has that row. */
const presence: Parts = [1, 3];
const rows: Parts = [0, 0];
/** Form 0; flags, divisor, first, mode. */
const ages: Parts = [5, 0, 0, 1, 0, 0];
const column: Parts = [4, 0, 1, 10, 0];

const base: Roster = {
  entities: [{ kind: 'pod', key: 'p', runtimeId: '', startedAtMs: 0, description: '' }],
  groups: [{ entity: 0, kind: 'resource', metrics: [1], references: Float64Array.of(100) }],
};
const hash = '0'.repeat(32);
const withBase = (parts: Parts) => () =>
  decodeBlock(forge(written(...parts), { roster: hash }), nodeZstd, undefined, () => base);
/** Nobody is gone, nobody is new. */
const same: Parts = [0, 0, 0, 0];

describe('a forged payload', () => {
  it('is read if it is sound', () => {
    const bytes = forge(written(...section, ...presence, ...rows, ...ages, ...column));
    expect(decodeBlock(bytes, nodeZstd).groups).toStrictEqual([
      {
        entity: 0,
        kind: 'resource',
        ages: Float64Array.of(0, 0),
        columns: [{ metric: 1, values: Float64Array.of(5, 5) }],
      },
    ]);
  });

  it('is read with the references of its roster', () => {
    const block = withBase([...same, ...presence, ...rows, ...ages, ...column])();
    expect(block.groups[0]?.columns[0]?.values).toStrictEqual(Float64Array.of(105, 105));
  });

  it.each<[string, Parts, string]>([
    ['an entity of kind 3', [1, 3, 1, 1, 112], '3 is no kind of entity'],
    ['a group of no entity', [...entity, 1, 2], 'there is no entity 1'],
    ['a group of entity -1', [...entity, 1, 1], 'there is no entity -1'],
    ['a group of kind 3', [...entity, 1, 0, 3], '3 is no kind of group'],
    ['a group with an interval of 99 ms', [...entity, 1, 0, 0, 99], '99 ms is not from'],
    ['a metric 65536', [...entity, 1, 0, 0, 0, 1, 1, 65_535], 'there is no metric 65536'],
    ['a group of set 1', [...entity, 1, 0, 0, 0, 1, 1, 0, 1], '1 is no index of a table of 1'],
    ['a presence row with a third tick', [...section, 1, 7], 'row 0 has a bit after its last tick'],
    ['unknown flags of the listing', [...section, ...presence, 2], '2 has bits that mean nothing'],
    ['an entity that is listed in row 1', [...section, ...presence, 1, 1], '1 is no index of a table of 1'],
    ['an entity that is listed nowhere', [...section, 1, 0, 1, 0], 'an entity is listed at no tick'],
    ['a group of presence row 1', [...section, ...presence, 0, 1], '1 is no index of a table of 1'],
    ['ages of form 2', [...section, ...presence, ...rows, 5, 2, 0, 1, 0, 0], '2 is no form of ages'],
    ['ages longer than the payload', [...section, ...presence, ...rows, 9, 0], '9 bytes are announced'],
    ['ages with a byte too many', [...section, ...presence, ...rows, 6, 0, 0, 1, 0, 0, 0], '1 bytes follow the end'],
    [
      'columns longer than the payload',
      [...section, ...presence, ...rows, ...ages, 5, 0, 1, 10, 0],
      '5 bytes are announced and 4 are left',
    ],
    [
      'columns that have no sample',
      [...section, 2, 3, 0, ...rows, ...ages, 3, 1, 1, 1],
      'columns are announced that have no sample',
    ],
    [
      'a series of more ticks than its group',
      [...section, 2, 1, 3, 0, 0, 4, 0, 0, 1, 0, 5, 1, 1, 1, 10, 0],
      'row 1 has samples that the group has not',
    ],
    ['a mode 4', [...section, ...presence, ...rows, ...ages, 4, 0, 1, 10, 4], '4 is no mode'],
    ['a divisor of 0', [...section, ...presence, ...rows, ...ages, 4, 0, 0, 10, 0], 'a divisor is 0'],
    [
      'a byte after the last metric',
      [...section, ...presence, ...rows, ...ages, ...column, 0],
      '1 bytes follow the end',
    ],
  ])('is refused for %s', (_, parts, words) => {
    expectRefusal(() => decodeBlock(forge(written(...parts)), nodeZstd), 'malformed', words);
  });

  it.each<[string, Parts, string]>([
    ['an entity gone that it has not', [1, 1], 'there is no entity 1'],
    ['more entities gone than it has', [2], '2 is more than the limit of 1'],
    ['a group of an entity that is gone', [1, 0, 0, 1, 0], 'there is no entity 0'],
  ])('is refused beside its roster for %s', (_, parts, words) => {
    expect(refusal(withBase(parts)).message).toContain(words);
  });

  it.each<[string, Parts, number, string]>([
    ['entities', [], limits.entitiesPerBlock, 'number of entities'],
    ['groups', entity, limits.groupsPerBlock, 'number of groups'],
    ['series in one set', [...entity, 1, 0, 0, 0, 1], limits.seriesPerBlock, 'sets of metrics'],
    [
      'presence rows',
      section,
      limits.entitiesPerBlock + limits.groupsPerBlock + limits.seriesPerBlock,
      'presence table',
    ],
  ])('is too large with one too many of %s, and not at the limit', (_, before, limit, what) => {
    const decode = (count: number) => () => decodeBlock(forge(written(...before, count)), nodeZstd);
    expectRefusal(decode(limit + 1), 'too_large', `(${what}): ${limit + 1} is more than the limit of ${limit}`);
    expect(refusal(decode(limit)).code).toBe('malformed');
  });

  /** That many groups of one entity and of one set, in a block of 600 ticks of which each has the first. */
  const wide = (groups: number, metrics: number): Uint8Array => {
    const zeros = new Uint8Array(groups);
    const row = new Uint8Array(75);
    row[0] = 1;
    const set = new Uint8Array(metrics);
    const parts = [...entity, groups, zeros, zeros, zeros, 1, metrics, set, zeros, 1, row, 0, zeros];
    return forge(written(...parts), { ticks: 600 });
  };

  it.each([
    ['series', 4000, 10, 11],
    ['values', 2222, 2, 3],
  ])('is too large with too many %s together, and not at the limit', (_, groups, edge, over) => {
    const code = (metrics: number) => refusal(() => decodeBlock(wide(groups, metrics), nodeZstd)).code;
    // At the edge of series their values are too many: of those the message speaks.
    const atEdge = refusal(() => decodeBlock(wide(groups, edge), nodeZstd)).message;
    expect(atEdge).not.toContain('series are more');
    expect(code(over)).toBe('too_large');
  });
});

describe('a forged roster', () => {
  const references: Parts = [1, 200];

  it('is read if it is sound', () => {
    expect(decodeRoster(forgeRoster(written(...section, ...references)), nodeZstd)).toStrictEqual(base);
  });

  it.each<[string, Uint8Array, string]>([
    ['a block', forge(written(...section)), 'this is no roster'],
    ['a roster of version 2', forgeRoster(written(...section, ...references)).with(3, 2), 'version 2 is not known'],
    ['a divisor of 0', forgeRoster(written(...section, 0, 200)), 'a divisor is 0'],
    ['a reference beyond 2^53 - 1', forgeRoster(written(...section, 2, Number.MAX_SAFE_INTEGER)), 'beyond 2^53 - 1'],
    ['a byte after its last reference', forgeRoster(written(...section, ...references, 0)), '1 bytes follow the end'],
    ['a byte more than its limit', new Uint8Array(limits.rosterBytes + 1), 'more than the limit'],
  ])('is refused for %s', (_, bytes, words) => {
    expect(refusal(() => decodeRoster(bytes, nodeZstd)).message).toContain(words);
  });
});
