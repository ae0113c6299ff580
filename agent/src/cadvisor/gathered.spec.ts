import { describe, expect, it } from '@jest/globals';
import { encodeBlock } from '@docksnap/contract/codec';
import { limits } from '@docksnap/contract/limits';
import { metricsOf } from '../exposition/families.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { DescriptionHashes } from '../tick/description-hashes.ts';
import { zstd } from '../zstd.ts';
import { gatheredOf } from './gathered.ts';
import type { Resident } from './gathered.ts';
import type { CgroupSample } from './samples-of.ts';

const tickMs = 1_795_491_265_000;
const ofAll = metricsOf('cgroup').length;

/** One that has every metric of its cgroup. */
const resident = (index: number): Resident => ({
  key: `system.${index}/x`,
  description: { kind: 'node', name: 'x', missing: [] },
  runtimeId: '',
  startedAtMs: 0,
  samples: { path: '/x', groups: ['cgroup'] },
});

const sample: CgroupSample = {
  sampleMs: tickMs,
  values: {
    resource: new Float64Array(metricsOf('resource').length),
    cgroup: new Float64Array(ofAll),
    network: new Float64Array(metricsOf('network').length),
  },
};

describe('the block of a read', () => {
  it.each([
    [1, limits.seriesPerBlock / ofAll],
    [120, limits.valuesPerBlock / 120 / (ofAll + 1)],
  ])('of %d ticks holds what a block may, of the first, and the rest is counted', (ticks, most) => {
    const fitting = Math.floor(most);
    const residents = Array.from({ length: fitting + 3 }, (_none, index) => resident(index));
    const tickTimes = Array.from({ length: ticks }, (_none, index) => tickMs + index * 1000);
    const placed = new Map([['/x', tickTimes.map(() => sample)]]);
    const drops = new RowDrops();
    const { block } = gatheredOf(residents, tickTimes, placed, { hashes: new DescriptionHashes(), drops });
    expect(block.entities).toHaveLength(fitting + 3);
    expect(block.groups.map(({ entity }) => entity)).toEqual(Array.from({ length: fitting }, (_none, index) => index));
    expect(drops.count('too_many')).toBe(3 * ofAll);
    expect(() => encodeBlock({ epoch: 'e'.repeat(32), firstSeq: 1, ...block }, zstd)).not.toThrow();
  });
});
