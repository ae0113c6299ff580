import { describe, expect, it } from '@jest/globals';
import { limits } from '../../limits.ts';
import { decodeBlock } from '../decode.ts';
import { forgeV1 as forge, written } from '../testing/forge.ts';
import { nodeZstd } from '../testing/node-zstd.ts';
import { expectRefusal, refusal, refusalOrNone } from '../testing/refusal.ts';

type Parts = readonly (number | Uint8Array)[];

const max = Number.MAX_SAFE_INTEGER;
/** Zigzag of -2^53 is 2^54 - 1: 54 bits of ones. */
const minusTwoTo53 = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 31);

/** One pod "p"; one presence row of two ticks, both present. */
const entity: Parts = [1, 1, 1, 1, 112];
const presence: Parts = [1, 3];
/** One resource group of that pod; its ages 0 and 0, of 4 bytes: flags, divisor, first, mode. */
const group: Parts = [1, 0, 0, 0, 4, 0, 1, 0, 0];
/** One set, with that group; one metric of id 1, in set 0, of 4 bytes. */
const directory: Parts = [1, 1, 0, 1, 1, 0, 4];
const column: Parts = [0, 1, 10, 0];

describe('a forged payload of version 1', () => {
  it('is read if it is sound', () => {
    const bytes = forge(written(...entity, ...presence, ...group, ...directory, ...column));
    expect(decodeBlock(bytes, nodeZstd).groups).toStrictEqual([
      {
        entity: 0,
        kind: 'resource',
        ages: Float64Array.of(0, 0),
        columns: [{ metric: 1, values: Float64Array.of(5, 5) }],
      },
    ]);
  });

  it.each<[string, Parts, string]>([
    ['an entity of kind 3', [1, 3, 1, 1, 112], '3 is no kind of entity'],
    ['an entity with a bit too many', [1, 17, 1, 1, 112], '17 has bits that mean nothing'],
    ['a key of form 7', [1, 1, 7, 1, 112], '7 is no form of an identifier'],
    ['a runtime id of form 15', [1, 1, Uint8Array.of(0xf1), 1, 112], '15 is no form of an identifier'],
    ['an empty key', [1, 1, 0], 'a key is empty'],
    ['a key that is not UTF-8', [1, 1, 1, 1, Uint8Array.of(0xff)], 'the text is not UTF-8'],
    ['a key longer than the payload', [1, 1, 1, 200, 112], '200 bytes are announced and 1 are left'],
    ['a start that is before 1970', [1, 5, 1, 2002, 1, 112], '-1 is no time in ms'],
    ['a presence row with a third tick', [...entity, 1, 7], 'row 0 has a bit after its last tick'],
    ['a group of no entity', [...entity, ...presence, 1, 2, 0, 0], 'there is no entity 1'],
    ['a group of entity -1', [...entity, ...presence, 1, 1, 0, 0], 'there is no entity -1'],
    ['a group of kind 3', [...entity, ...presence, 1, 0, 3, 0], '3 is no kind of group'],
    ['a group of presence row 1', [...entity, ...presence, 1, 0, 0, 1], '1 is no index of a table of 1'],
    ['ages longer than the payload', [...entity, ...presence, 1, 0, 0, 0, 9, 0], '9 bytes are announced'],
    ['ages with a byte too many', [...entity, ...presence, 1, 0, 0, 0, 5, 0, 1, 0, 0, 0], '(ages: residuals): 1 bytes'],
    ['a set with group 1', [...entity, ...presence, ...group, 1, 1, 1], 'there is no group 1'],
    ['a metric id 0', [...entity, ...presence, ...group, 1, 1, 0, 1, 0, 0, 4], 'ids of metrics do not ascend'],
    ['a metric id 65536', [...entity, ...presence, ...group, 1, 1, 0, 1, 65_536, 0, 4], 'or are too large'],
    ['a metric of set 1', [...entity, ...presence, ...group, 1, 1, 0, 1, 1, 1, 4], '1 is no index of a table of 1'],
    [
      'a metric longer than the payload',
      [...entity, ...presence, ...group, 1, 1, 0, 1, 1, 0, 5, ...column],
      '5 bytes are announced and 4 are left',
    ],
    [
      'a series of more ticks than its group',
      [...entity, 2, 1, 3, 1, 0, 0, 0, 3, 0, 1, 0, ...directory, 1, 1, 1, 10],
      'row 1 has samples that the group has not',
    ],
    ['a byte after the last metric', [...entity, ...presence, ...group, ...directory, ...column, 0], '1 bytes follow'],
  ])('is refused for %s', (_, parts, words) => {
    expectRefusal(() => decodeBlock(forge(written(...parts)), nodeZstd), 'malformed', words);
  });

  it.each<[string, Parts, string]>([
    ['unknown flags', [2, 1, 10, 0], 'cpuUsageMicros: flags): 2 has bits'],
    ['a divisor of 0', [0, 0, 10, 0], 'a divisor is 0'],
    ['a mode 4', [0, 1, 10, 4], '4 is no mode'],
    ['fewer bytes than its series need', [0, 1, 10], 'cpuUsageMicros: modes): the bytes end here'],
    ['a byte after its series', [0, 1, 10, 0, 0], 'cpuUsageMicros: residuals): 1 bytes follow the end'],
    ['a number in more bytes than it needs', [0, 1, Uint8Array.of(0x80, 0)], 'a number is longer than it need be'],
    ['a number without end', [0, 1, new Uint8Array(300).fill(0x80)], 'a number is above 2^53 - 1'],
    ['a first sample beyond 2^53 - 1', [0, 3, max - 1], 'a value is beyond 2^53 - 1'],
    ['a first sample of -2^53', [0, 1, minusTwoTo53], 'a number is below -(2^53 - 1)'],
    ['a step beyond 2^53 - 1', [0, 1, max - 1, 1, 4, max - 1], 'a value is beyond 2^53 - 1'],
    ['a step to beyond 2^53 - 1', [0, 1, max - 1, 1, 2, max - 1], 'a value is beyond 2^53 - 1'],
  ])('is refused for a column with %s', (_, parts, words) => {
    const sized = [...directory.slice(0, -1), written(...parts).length];
    const bytes = forge(written(...entity, ...presence, ...group, ...sized, ...parts));
    expectRefusal(() => decodeBlock(bytes, nodeZstd), 'malformed', words);
  });

  it.each<[string, Parts, number, string]>([
    ['entities', [], limits.entitiesPerBlock, 'number of entities'],
    [
      'presence rows',
      entity,
      limits.entitiesPerBlock + limits.groupsPerBlock + limits.seriesPerBlock,
      'presence table',
    ],
    ['groups', [...entity, ...presence], limits.groupsPerBlock, 'number of groups'],
    ['series in one set', [...entity, ...presence, ...group, 1], limits.seriesPerBlock, 'sets of groups'],
    ['metrics', [...entity, ...presence, ...group, 0], limits.metricIdMax, 'directory of metrics'],
  ])('is too large with one too many of %s, and not at the limit', (_, before, limit, what) => {
    const decode = (count: number) => () => decodeBlock(forge(written(...before, count)), nodeZstd);
    expectRefusal(decode(limit + 1), 'too_large', `(${what}): ${limit + 1} is more than the limit of ${limit}`);
    expect(refusal(decode(limit)).code).toBe('malformed');
  });

  /** That many groups of one presence row without any tick, their empty ages, and one set of all of them. */
  const emptyGroups = (count: number, ticks: number): Parts => {
    const zeros = new Uint8Array(count);
    const emptyRow = new Uint8Array(Math.ceil(ticks / 8));
    return [...entity, 1, emptyRow, count, zeros, zeros, zeros, 2, 0, 1, 1, count, zeros];
  };

  it.each<[string, number, number, number, number]>([
    ['series', 2, limits.seriesPerBlock / 4, 4, 5],
    ['values', 600, 2222, 2, 3],
    ['ages', 600, 6666, 0, 1],
  ])('is too large with too many %s together, and not at the limit', (_, ticks, groups, edge, over) => {
    const decode = (metrics: number) => () => {
      const entries = Array.from({ length: metrics }, () => [1, 0, 0]).flat();
      return decodeBlock(forge(written(...emptyGroups(groups, ticks), metrics, ...entries), { ticks }), nodeZstd);
    };
    expect(refusalOrNone(decode(edge))?.code).not.toBe('too_large');
    expect(refusal(decode(over)).code).toBe('too_large');
  });

  it('is too large with one group too many for its ticks', () => {
    const groups = Math.floor(limits.valuesPerBlock / 600) + 1;
    const bytes = forge(written(...emptyGroups(groups, 600), 0), { ticks: 600 });
    expectRefusal(() => decodeBlock(bytes, nodeZstd), 'too_large', 'number of groups): there are more than 4000000');
  });
});
