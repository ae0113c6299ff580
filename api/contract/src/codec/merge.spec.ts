import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Block, Entity } from '../block.ts';
import { limits } from '../limits.ts';
import { decodeBlock } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { mergeBlocks } from './merge.ts';
import { blocks, normal } from './testing/block-arbitrary.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { sampleBlock } from './testing/sample-block.ts';

/** The block's ticks as a block each, in which whoever is not listed is left out. */
function ticksOf(block: Block): Block[] {
  return block.tickTimes.map((time, tick) => ({
    ...block,
    firstSeq: block.firstSeq + tick,
    tickTimes: [time],
    groups: block.groups
      .map((group) => ({
        ...group,
        ages: group.ages.subarray(tick, tick + 1),
        columns: group.columns.map(({ metric, values }) => ({ metric, values: values.subarray(tick, tick + 1) })),
      }))
      .filter(({ ages }) => !Number.isNaN(ages[0])),
  }));
}

/** Blocks in which no two entities are one, and no entity has two groups of a kind: those have no order of their own. */
const distinct = blocks.map((block): Block => {
  const entities = block.entities.map(({ kind, key, runtimeId, startedAtMs, description }, i): Entity => {
    return { kind, key: `${key}#${i}`, runtimeId, startedAtMs, description };
  });
  const groups = [...Map.groupBy(block.groups, ({ entity, kind }) => `${entity}/${kind}`).values()].flatMap(
    ([first]) => first ?? [],
  );
  return normal({ ...block, entities, groups });
});

function byOwner(block: Block): Block {
  const order = (group: Block['groups'][number]): string => `${group.entity}/${group.kind}`;
  return { ...block, groups: block.groups.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

const at = (firstSeq: number, change: Partial<Block> = {}): Block => ({
  ...sampleBlock,
  firstSeq,
  tickTimes: [firstSeq * 10_000],
  groups: [],
  ...change,
});

describe('mergeBlocks', () => {
  it('makes of single ticks what they were together, in any order', () => {
    fc.assert(
      fc.property(distinct, fc.integer({ min: 1, max: 40 }), (block, turn) => {
        const ticks = ticksOf(block);
        const turned = [...ticks.slice(turn), ...ticks.slice(0, turn)];
        const merged = mergeBlocks(turned);
        const whole =
          block.tickTimes.at(-1) === undefined ? 0 : (block.tickTimes.at(-1) ?? 0) - (block.tickTimes[0] ?? 0);
        if (whole > limits.blockSpanMs) {
          expect(merged.flatMap(({ tickTimes }) => tickTimes)).toStrictEqual(block.tickTimes);
          return;
        }
        expect(merged.map(byOwner)).toStrictEqual([byOwner(block)]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps who was listed when, and the last description', () => {
    const [node, container] = sampleBlock.entities;
    if (node === undefined || container === undefined) throw new Error('the sample has two entities');
    const described = { ...node, description: 'f'.repeat(32) };
    const [merged] = mergeBlocks([
      at(1, { entities: [node, container] }),
      at(2, { entities: [described] }),
      at(3, { entities: [described, container] }),
    ]);
    expect(merged?.entities).toStrictEqual([described, { ...container, listedAt: Uint8Array.of(0b101) }]);
    if (merged === undefined) throw new Error('nothing came of it');
    expect(decodeBlock(encodeBlock(merged, nodeZstd), nodeZstd)).toStrictEqual(merged);
  });

  it.each<[string, Block[], number[]]>([
    ['one run', [at(1), at(2), at(3)], [3]],
    ['a gap', [at(1), at(3)], [1, 1]],
    ['another epoch', [at(1), at(2, { epoch: 'f'.repeat(32) })], [1, 1]],
    ['another interval', [at(1), at(2, { intervalMs: 1000 })], [1, 1]],
    ['a clock that went back', [at(1, { tickTimes: [50_000] }), at(2)], [1, 1]],
    ['blocks of several ticks', [at(3), at(1, { tickTimes: [1, 2] })], [3]],
    ['a span at the limit', [at(1, { tickTimes: [0] }), at(2, { tickTimes: [limits.blockSpanMs] })], [2]],
    ['a longer span', [at(1, { tickTimes: [0] }), at(2, { tickTimes: [limits.blockSpanMs + 1] })], [1, 1]],
    ['nothing', [], []],
  ])('makes of %s so many blocks', (_, given, ticks) => {
    expect(mergeBlocks(given).map(({ tickTimes }) => tickTimes.length)).toStrictEqual(ticks);
  });

  it('ends a block before it has too many ticks', () => {
    const given = Array.from({ length: limits.ticksPerBlock + 1 }, (_, i) => at(i + 1, { tickTimes: [i] }));
    expect(mergeBlocks(given).map(({ tickTimes }) => tickTimes.length)).toStrictEqual([limits.ticksPerBlock, 1]);
  });

  it('ends a block before it has too many entities', () => {
    const many = (from: number): Entity[] =>
      Array.from({ length: limits.entitiesPerBlock / 2 }, (_, i) => ({
        ...{ kind: 'pod', runtimeId: '', startedAtMs: 0, description: '' },
        key: `pod-${from + i}`,
      }));
    const given = [at(1, { entities: many(0) }), at(2, { entities: many(2048) }), at(3, { entities: many(4096) })];
    expect(mergeBlocks(given).map(({ tickTimes }) => tickTimes.length)).toStrictEqual([2, 1]);
  });

  it('ends a block before it has too many values', () => {
    const columns = Array.from({ length: 9_999 }, (_, i) => ({ metric: i + 1, values: Float64Array.of(1) }));
    const groups: Block['groups'] = [{ entity: 0, kind: 'cgroup', ages: Float64Array.of(0), columns }];
    const given = Array.from({ length: 401 }, (_, i) => at(i + 1, { tickTimes: [i], groups }));
    expect(mergeBlocks(given).map(({ tickTimes }) => tickTimes.length)).toStrictEqual([400, 1]);
  });

  it('refuses a tick that is there twice', () => {
    expect(() => mergeBlocks([at(1, { tickTimes: [1, 2] }), at(2)])).toThrow(RangeError);
  });
});
