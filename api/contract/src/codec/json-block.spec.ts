import { describe, expect, it } from '@jest/globals';
import { jsonBlockSchema } from '../push.ts';
import { decodeBlock } from './decode.ts';
import { descriptionHash } from './description-hash.ts';
import { encodeBlock } from './encode.ts';
import { jsonBlockToBlock } from './json-block.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { expectRefusal } from './testing/refusal.ts';
import { sha256 } from './testing/sha256.ts';

const description = { kind: 'node', name: 'n1' };
const json = {
  epoch: '00112233445566778899aabbccddeeff',
  firstSeq: 1,
  intervalMs: 10_000,
  tickTimes: [1000, 11_000],
  entities: [
    { kind: 'node', key: 'node', description },
    { kind: 'pod', key: 'p' },
  ],
  groups: [
    { entity: 0, kind: 'resource', ages: [5, null], metrics: { workingSetBytes: [4096, null] } },
    { entity: 1, kind: 'network', ages: [5, 6], metrics: { networkReceivedBytes: [null, 3] } },
  ],
};
const hashOf: Parameters<typeof jsonBlockToBlock>[1] = (one) => descriptionHash(one, sha256);

function convert(change: object): unknown {
  return jsonBlockToBlock(jsonBlockSchema.parse({ ...json, ...change }), hashOf);
}

function withGroup(change: object): object {
  return { groups: [json.groups[0], { ...json.groups[1], ...change }] };
}

describe('a block as JSON', () => {
  it('becomes the block that it says, and its descriptions by hash', () => {
    const { block, descriptions } = jsonBlockToBlock(jsonBlockSchema.parse(json), hashOf);
    const hash = hashOf({ kind: 'node', name: 'n1', missing: [] });
    expect([...descriptions]).toStrictEqual([[hash, { kind: 'node', name: 'n1', missing: [] }]]);
    expect(block).toStrictEqual({
      epoch: json.epoch,
      firstSeq: 1,
      intervalMs: 10_000,
      tickTimes: [1000, 11_000],
      entities: [
        { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: hash },
        { kind: 'pod', key: 'p', runtimeId: '', startedAtMs: 0, description: '' },
      ],
      groups: [
        {
          entity: 0,
          kind: 'resource',
          ages: Float64Array.of(5, NaN),
          columns: [{ metric: 2, values: Float64Array.of(4096, NaN) }],
        },
        {
          entity: 1,
          kind: 'network',
          ages: Float64Array.of(5, 6),
          columns: [{ metric: 40, values: Float64Array.of(NaN, 3) }],
        },
      ],
    });
    expect(decodeBlock(encodeBlock(block, nodeZstd), nodeZstd)).toStrictEqual(block);
  });

  it.each<[string, object, string]>([
    ['an unknown metric', withGroup({ metrics: { cpu: [1, 2] } }), 'groups[1].metrics.cpu: there is no such metric'],
    [
      'a metric named like an inherited member',
      withGroup({ metrics: { toString: [1, 2] } }),
      'groups[1].metrics.toString',
    ],
    ['a value too few', withGroup({ metrics: { swapBytes: [1] } }), 'swapBytes: it has 1 values for 2 ticks'],
    ['an age too many', withGroup({ ages: [1, 2, 3] }), 'groups[1].ages: it has 3 values for 2 ticks'],
  ])('is refused for %s', (_, change, words) => {
    expectRefusal(() => convert(change), 'malformed', words);
  });
});
