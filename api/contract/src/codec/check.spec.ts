import { describe, expect, it } from '@jest/globals';
import type { Block, Column, Entity, Group } from '../block.ts';
import { limits } from '../limits.ts';
import { checkBlock } from './check.ts';
import { sampleBlock } from './testing/sample-block.ts';

const [node, container] = sampleBlock.entities;
const max = Number.MAX_SAFE_INTEGER;

function withEntity(change: Partial<Entity>): Block {
  return { ...sampleBlock, entities: [node, { ...container, ...change }] as Entity[] };
}

function withGroup(change: Partial<Group>): Block {
  const group: Group = { entity: 0, kind: 'resource', ages: Float64Array.of(0, 0), columns: [], ...change };
  return { ...sampleBlock, groups: [group] };
}

function withValues(...values: number[]): Block {
  return withGroup({ columns: [{ metric: 2, values: Float64Array.from(values) }] });
}

function ticks(count: number): Partial<Block> {
  return { tickTimes: Array.from({ length: count }, (_, i) => i * 1000), groups: [] };
}

function groups(count: number, columns: number, ticksPerValue: number): Group[] {
  const values = new Float64Array(ticksPerValue);
  const series = Array.from({ length: columns }, (_, i): Column => ({ metric: i + 1, values }));
  return Array.from({ length: count }, () => ({ entity: 0, kind: 'resource', ages: values, columns: series }));
}

function entities(count: number): Entity[] {
  return Array.from({ length: count }, () => ({
    kind: 'pod',
    key: 'k',
    runtimeId: '',
    startedAtMs: 0,
    description: '',
  }));
}

describe('a block is refused', () => {
  it.each<[string, Block, string, string]>([
    ['for minus zero', withValues(1, -0), 'groups[0].workingSetBytes[1]', '-0 is not a whole number'],
    ['for a fraction', withValues(0.5, 1), 'groups[0].workingSetBytes[0]', '0.5 is not a whole number'],
    ['for infinity', withValues(1, Infinity), 'groups[0].workingSetBytes[1]', 'Infinity is not'],
    ['for 2^53', withValues(max + 1, 1), 'groups[0].workingSetBytes[0]', 'is not a whole number'],
    ['for -2^53', withValues(-max - 1, 1), 'groups[0].workingSetBytes[0]', 'is not a whole number'],
    ['for a value too few', withValues(1), 'groups[0].workingSetBytes', '1 values for 2 ticks'],
    ['for an age too many', withGroup({ ages: new Float64Array(3) }), 'groups[0].ages', '3 values for 2 ticks'],
    ['for a fraction of an age', withGroup({ ages: Float64Array.of(0, 1.5) }), 'groups[0].ages[1]', '1.5 is not'],
    [
      'for a value without an age',
      withGroup({ ages: Float64Array.of(0, NaN), columns: [{ metric: 99, values: Float64Array.of(1, 2) }] }),
      'groups[0].metric 99[1]',
      'the group has no age',
    ],
    [
      'for a metric twice in one group',
      withGroup({ columns: [1, 1].map((metric) => ({ metric, values: Float64Array.of(1, 2) })) }),
      'groups[0].cpuUsageMicros',
      'twice',
    ],
    [
      'for a metric id 0',
      withGroup({ columns: [{ metric: 0, values: Float64Array.of(1, 2) }] }),
      'groups[0].metric 0',
      'out of range',
    ],
    ['for a group of no entity', withGroup({ entity: 2 }), 'groups[0].entity', 'there is no entity 2'],
    ['for an epoch in capitals', { ...sampleBlock, epoch: 'A'.repeat(32) }, 'epoch', 'not 32 lower-case hex digits'],
    ['for a sequence number 0', { ...sampleBlock, firstSeq: 0 }, 'firstSeq', 'from 1'],
    ['for a last sequence number of 2^53', { ...sampleBlock, firstSeq: max }, 'firstSeq', 'above 2^53 - 1'],
    ['for an interval of 99 ms', { ...sampleBlock, intervalMs: 99 }, 'intervalMs', '99 is not'],
    ['for an interval above an hour', { ...sampleBlock, intervalMs: 3_600_001 }, 'intervalMs', '3600001 is not'],
    ['for no tick', { ...sampleBlock, ...ticks(0) }, 'tickTimes', 'at least one tick'],
    ['for equal tick times', { ...sampleBlock, tickTimes: [5, 5] }, 'tickTimes[1]', 'not after the tick before'],
    ['for a fraction of a tick time', { ...sampleBlock, tickTimes: [5.5, 7] }, 'tickTimes[0]', '5.5 is not'],
    ['for an empty key', withEntity({ key: '' }), 'entities[1].key', 'empty'],
    ['for a lone surrogate', withEntity({ runtimeId: '\ud800' }), 'entities[1].runtimeId', 'Unicode'],
    ['for a start before 1970', withEntity({ startedAtMs: -1 }), 'entities[1].startedAtMs', '-1 is not'],
    ['for a short description hash', withEntity({ description: 'abc' }), 'entities[1].description', '"abc" is neither'],
  ])('%s', (_, block, place, message) => {
    const refusal: unknown = expect.objectContaining({
      code: 'malformed',
      place,
      message: expect.stringContaining(message) as unknown,
    });
    expect(() => {
      checkBlock(block);
    }).toThrow(refusal);
  });
});

describe('a limit lets pass what is at its edge and refuses one more:', () => {
  it.each<[string, number, string, (count: number) => Partial<Block>]>([
    ['ticks', limits.ticksPerBlock, 'tickTimes', ticks],
    ['entities', limits.entitiesPerBlock, 'entities', (count) => ({ entities: entities(count) })],
    ['groups', limits.groupsPerBlock, 'groups', (count) => ({ groups: groups(count, 0, 2) })],
    [
      'series',
      limits.seriesPerBlock,
      'series',
      (count) => ({ groups: [...groups(1, 30_000, 2), ...groups(1, count - 30_000, 2)] }),
    ],
    [
      'values and ages',
      limits.valuesPerBlock / 500 - 1,
      'values',
      (count) => ({ ...ticks(500), groups: groups(1, count, 500) }),
    ],
    ['bytes of a key', limits.keyBytes, 'entities[1].key', (count) => withEntity({ key: 'k'.repeat(count) })],
    [
      'bytes of a runtime id of two-byte letters',
      limits.keyBytes / 2,
      'entities[1].runtimeId',
      (count) => withEntity({ runtimeId: 'é'.repeat(count) }),
    ],
  ])('%s', (_, edge, place, change) => {
    expect(() => {
      checkBlock({ ...sampleBlock, ...change(edge) });
    }).not.toThrow();
    const refusal: unknown = expect.objectContaining({ code: 'too_large', place });
    expect(() => {
      checkBlock({ ...sampleBlock, ...change(edge + 1) });
    }).toThrow(refusal);
  });
});
