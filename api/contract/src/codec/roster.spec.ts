import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Block } from '../block.ts';
import { decodeBlock, decodeBlockHeader } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { decodeRoster, encodeRoster, rosterHash } from './roster-format.ts';
import type { NamedRoster, Roster } from './roster.ts';
import { blocks, normal } from './testing/block-arbitrary.ts';
import { damage, damaged } from './testing/damage.ts';
import { forge, forgeRoster, payloadOf } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { expectRefusal, refusal, refusalOrNone } from './testing/refusal.ts';
import { rosters, unordered } from './testing/roster-arbitrary.ts';
import { sampleBlock } from './testing/sample-block.ts';
import { sha256 } from './testing/sha256.ts';

const hash = 'ab'.repeat(16);
const named = (roster: Roster): NamedRoster => ({ hash, roster });
const withRoster = blocks.chain((block) => fc.tuple(fc.constant(block), rosters(block)));
const twoWithRoster = fc.tuple(blocks, blocks).chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), rosters(b)));

const sampleRoster: Roster = {
  entities: sampleBlock.entities,
  groups: [
    { entity: 1, kind: 'resource', metrics: [1, 2, 3], references: Float64Array.of(5_000_000, 40_960_000, 7) },
    { entity: 0, kind: 'cgroup', intervalMs: 30_000, metrics: [20], references: Float64Array.of(123_000_000) },
  ],
};
const sampleInCgroupInterval: Block = {
  ...sampleBlock,
  groups: sampleBlock.groups.map((group) => (group.kind === 'cgroup' ? { ...group, intervalMs: 30_000 } : group)),
};
const decode = (bytes: Uint8Array, roster: Roster): Block => {
  return decodeBlock(bytes, nodeZstd, undefined, (wanted) => (wanted === hash ? roster : undefined));
};

describe('a roster', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(withRoster, ([, roster]) => {
        expect(decodeRoster(encodeRoster(roster, nodeZstd), nodeZstd)).toStrictEqual(roster);
      }),
      { numRuns: 300 },
    );
  });

  it('is named by its bytes', () => {
    const bytes = encodeRoster(sampleRoster, nodeZstd);
    expect(rosterHash(bytes, sha256)).toBe(sha256(bytes).slice(0, 32));
    expect(rosterHash(bytes.with(9, 0), sha256)).not.toBe(rosterHash(bytes, sha256));
  });

  it('cut at any byte is refused', () => {
    const bytes = encodeRoster(sampleRoster, nodeZstd);
    for (let length = 0; length < bytes.length; length++) {
      expect(refusal(() => decodeRoster(bytes.subarray(0, length), nodeZstd)).code).toBe('malformed');
    }
    const payload = payloadOf(bytes);
    for (let length = 1; length < payload.length; length++) {
      expect(refusal(() => decodeRoster(forgeRoster(payload.subarray(0, length)), nodeZstd)).code).toBe('malformed');
    }
  });

  it('with a damaged payload is refused or read', () => {
    fc.assert(
      fc.property(withRoster, damage, ([, roster], how) => {
        const payload = damaged(payloadOf(encodeRoster(roster, nodeZstd)), how);
        refusalOrNone(() => encodeRoster(decodeRoster(forgeRoster(payload), nodeZstd), nodeZstd));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a block that names a roster', () => {
  it('comes back bit for bit when the roster has all of it', () => {
    fc.assert(
      fc.property(withRoster, ([block, roster]) => {
        const bytes = encodeBlock(block, nodeZstd, named(roster));
        expect(unordered(decode(bytes, roster))).toStrictEqual(unordered(normal(block)));
      }),
      { numRuns: 500 },
    );
  });

  it('comes back bit for bit whatever roster it names', () => {
    fc.assert(
      fc.property(twoWithRoster, ([block, , roster]) => {
        const bytes = encodeBlock(block, nodeZstd, named(roster));
        expect(unordered(decode(bytes, roster))).toStrictEqual(unordered(normal(block)));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same with the roster as it was sent', () => {
    fc.assert(
      fc.property(withRoster, ([block, roster]) => {
        const sent = decodeRoster(encodeRoster(roster, nodeZstd), nodeZstd);
        const bytes = encodeBlock(block, nodeZstd, named(roster));
        expect(decode(bytes, sent)).toStrictEqual(decode(bytes, roster));
      }),
    );
  });

  it('says only what differs, in the order of the roster', () => {
    const bytes = encodeBlock(sampleInCgroupInterval, nodeZstd, named(sampleRoster));
    expect(decode(bytes, sampleRoster)).toStrictEqual(sampleInCgroupInterval);
    expect(bytes.length).toBeLessThan(encodeBlock(sampleInCgroupInterval, nodeZstd).length - 60);
  });

  it('may have lost entities and got others', () => {
    const [node, container] = sampleBlock.entities;
    if (node === undefined || container === undefined) throw new Error('the sample has two entities');
    const pod = { ...container, kind: 'pod', key: 'new' } as const;
    const block: Block = {
      ...sampleBlock,
      entities: [node, pod],
      groups: sampleBlock.groups.map((group) => ({ ...group, intervalMs: 30_000 })),
    };
    const decoded = decode(encodeBlock(block, nodeZstd, named(sampleRoster)), sampleRoster);
    expect(decoded.entities).toStrictEqual([node, pod]);
    expect(unordered(decoded)).toStrictEqual(unordered(block));
  });

  it('tells which, without decompression', () => {
    const bytes = encodeBlock(sampleBlock, nodeZstd, named(sampleRoster));
    expect(decodeBlockHeader(bytes)).toMatchObject({ version: 2, rosterHash: hash, firstSeq: 7 });
  });

  it('cannot be read without it', () => {
    const bytes = encodeBlock(sampleBlock, nodeZstd, named(sampleRoster));
    expectRefusal(() => decodeBlock(bytes, nodeZstd), 'unknown_roster', hash);
    expectRefusal(() => decodeBlock(bytes, nodeZstd, undefined, () => undefined), 'unknown_roster', hash);
  });

  it('with a damaged payload, or another roster, is refused or read', () => {
    fc.assert(
      fc.property(twoWithRoster, damage, ([block, other, roster], how) => {
        const payload = payloadOf(encodeBlock(other, nodeZstd, named(roster)));
        const ticks = other.tickTimes.length;
        refusalOrNone(() => decode(forge(damaged(payload, how), { ticks, roster: hash }), roster));
        refusalOrNone(() => decode(encodeBlock(other, nodeZstd, named(roster)), { ...block, groups: [] }));
      }),
      { numRuns: 500 },
    );
  });
});
