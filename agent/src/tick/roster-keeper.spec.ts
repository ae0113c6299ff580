import { describe, expect, it } from '@jest/globals';
import type { Block, Entity, Group } from '@docksnap/contract';
import { decodeBlock, decodeRoster } from '@docksnap/contract/codec';
import { sha256 } from '../sha256.ts';
import { zstd } from '../zstd.ts';
import { RosterKeeper } from './roster-keeper.ts';

const startMs = 1_795_491_265_000;

function pod(key: string, description = ''): Entity {
  return { kind: 'pod', key, runtimeId: '', startedAtMs: 0, description };
}

function group(entity: number, kind: Group['kind'], value: number): Group {
  return { entity, kind, ages: Float64Array.of(5), columns: [{ metric: 1, values: Float64Array.of(value) }] };
}

function tick(
  seq: number,
  entities: readonly Entity[],
  groups: readonly Group[],
  atMs = startMs + seq * 10_000,
): Block {
  return { epoch: 'e'.repeat(32), firstSeq: seq, intervalMs: 10_000, tickTimes: [atMs], entities, groups };
}

const pods = Array.from({ length: 10 }, (_, i) => pod(`pod-${i}`));
const all = (value: number): Group[] => pods.map((_, i) => group(i, 'resource', value + i));

describe('a keeper of rosters', () => {
  it('gives what the API needs to read a block, and that is the block', () => {
    const block = tick(1, pods, all(100));
    const { bytes, roster } = new RosterKeeper(zstd).encode(block);
    expect(roster.hash).toBe(sha256(roster.bytes).slice(0, 32));
    const known = decodeRoster(roster.bytes, zstd);
    expect(decodeBlock(bytes, zstd, undefined, (hash) => (hash === roster.hash ? known : undefined))).toEqual(block);
  });

  it('keeps a roster while the same are there, whoever of them has a new sample', () => {
    const keeper = new RosterKeeper(zstd);
    const first = keeper.encode(tick(1, pods, all(100)));
    const second = keeper.encode(tick(2, pods, [group(3, 'resource', 7)]));
    expect(second.roster).toEqual(first.roster);
    expect(second.bytes.length).toBeLessThan(100);
  });

  it('has in the next roster what was seen before and has no sample now', () => {
    const keeper = new RosterKeeper(zstd);
    keeper.encode(tick(1, pods, [...all(100), group(0, 'cgroup', 9)]));
    const others = pods.map(({ key }) => pod(`${key}-new`));
    keeper.encode(tick(2, [...pods, ...others], all(200)));
    const { roster } = keeper.encode(tick(3, [...pods, ...others], [group(0, 'resource', 5)]));
    const { groups } = decodeRoster(roster.bytes, zstd);
    expect(groups.filter(({ entity }) => entity === 0)).toEqual([
      { entity: 0, kind: 'resource', metrics: [1], references: Float64Array.of(5) },
      { entity: 0, kind: 'cgroup', metrics: [1], references: Float64Array.of(9) },
    ]);
  });

  it('makes a new one when what differs has cost as much', () => {
    const keeper = new RosterKeeper(zstd);
    const hashes = Array.from({ length: 13 }, (_, i) => {
      const entities = i === 0 ? pods : [...pods, pod('more')];
      return keeper.encode(tick(i + 1, entities, all(100))).roster.hash;
    });
    // One entity apart, ten times, is what a roster of ten costs.
    expect(hashes.map((hash) => hashes.indexOf(hash))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 11]);
  });

  it.each([
    ['an hour later', 3_600_000],
    ['after the clock went back an hour', -3_600_000],
  ])('makes a new one %s', (_, laterMs) => {
    const keeper = new RosterKeeper(zstd);
    const first = keeper.encode(tick(1, pods, all(100), startMs));
    const later = keeper.encode(tick(2, pods, all(900), startMs + laterMs));
    expect(later.roster.hash).not.toBe(first.roster.hash);
  });
});
