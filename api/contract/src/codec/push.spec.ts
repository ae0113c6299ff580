import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Block } from '../block.ts';
import type { Description } from '../description.ts';
import { limits } from '../limits.ts';
import type { AgentReport } from '../report.ts';
import { decodedBytes } from './decoded-bytes.ts';
import { canonicalJson, descriptionHash } from './description-hash.ts';
import { encodeBlock } from './encode.ts';
import { fromHex } from './hex.ts';
import { decodePush } from './push-decode.ts';
import { encodePush } from './push-encode.ts';
import { blocks, normal } from './testing/block-arbitrary.ts';
import { written } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { expectRefusal, refusalOrNone } from './testing/refusal.ts';
import { sampleBlock } from './testing/sample-block.ts';
import { sha256 } from './testing/sha256.ts';
import { encodeUtf8 } from './utf8.ts';

const report: AgentReport = {
  agentVersion: '0.1.0',
  intervalMs: 10_000,
  sentAtMs: 1_790_000_000_000,
  ledger: [{ epoch: sampleBlock.epoch, collected: 8, dropped: { too_old: 1 } }],
  backlogTicks: 0,
  backlogBytes: 0,
  problems: [],
};
const node: Description = { kind: 'node', name: 'knoten-ä-\ud800', missing: [] };
const pod: Description = {
  kind: 'pod',
  namespace: 'default',
  name: 'web',
  uid: 'u',
  phase: 'Running',
  labels: { a: 'b' },
};
const descriptions = new Map([node, pod].map((description) => [descriptionHash(description, sha256), description]));
const block = encodeBlock(sampleBlock, nodeZstd);

const start = Uint8Array.of(0x44, 0x53, 0x50, 1);
const frame = (type: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = written(...parts);
  return written(type, body.length, body);
};
const json = (value: unknown): Uint8Array => encodeUtf8(JSON.stringify(value));
const push = (...frames: readonly Uint8Array[]): Uint8Array => written(start, ...frames);
const hashes = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => frame(2, fromHex(i.toString(16).padStart(32, '0')), json(node)));

describe('a push', () => {
  it('comes back with its report, descriptions, and blocks beside their exact bytes', () => {
    const decoded = decodePush(encodePush({ report, descriptions, blocks: [block, block] }), nodeZstd, sha256);
    expect(decoded).toEqual({
      report,
      descriptions,
      blocks: [block, block].map((bytes) => ({ block: normal(sampleBlock), bytes })),
    });
    expect(decoded.blocks[0]?.bytes).toStrictEqual(block);
  });

  it('of nothing is a push', () => {
    const decoded = decodePush(encodePush({ descriptions: new Map(), blocks: [] }), nodeZstd);
    expect(decoded).toStrictEqual({ descriptions: new Map(), blocks: [] });
  });

  it('has the same bytes whatever the order of its descriptions', () => {
    const turned = new Map([...descriptions].reverse());
    expect(encodePush({ descriptions: turned, blocks: [] })).toStrictEqual(encodePush({ descriptions, blocks: [] }));
  });

  it('of any blocks comes back', () => {
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 4 }), (all) => {
        const bytes = all.map((one) => encodeBlock(one, nodeZstd));
        const decoded = decodePush(encodePush({ descriptions: new Map(), blocks: bytes }), nodeZstd);
        expect(decoded.blocks).toEqual(all.map((one, i) => ({ block: normal(one), bytes: bytes[i] })));
      }),
      { numRuns: 50 },
    );
  });

  it('cut at any byte is refused, or is the frames before the cut', () => {
    const whole = encodePush({ report, descriptions, blocks: [block] });
    let accepted = 0;
    for (let length = 0; length < whole.length; length++) {
      if (refusalOrNone(() => decodePush(whole.subarray(0, length), nodeZstd)) === undefined) accepted++;
    }
    expect(accepted).toBe(4);
  });

  it('of any bytes after a sound start is refused or read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (rest) => {
        refusalOrNone(() => decodePush(push(rest), nodeZstd, sha256));
      }),
    );
  });

  it('takes hashes as they were sent if it has no SHA-256', () => {
    expect([...decodePush(push(...hashes(1)), nodeZstd).descriptions.keys()]).toStrictEqual(['0'.repeat(32)]);
  });

  it('fills in what a description left out', () => {
    const sent = json({ kind: 'node', name: 'n' });
    const decoded = decodePush(push(frame(2, new Uint8Array(16), sent)), nodeZstd);
    expect(decoded.descriptions.get('0'.repeat(32))).toStrictEqual({ kind: 'node', name: 'n', missing: [] });
  });
});

describe('a push is refused', () => {
  const zeroHash = new Uint8Array(16);
  const sound = frame(2, fromHex(descriptionHash(node, sha256)), encodeUtf8(canonicalJson(node)));
  it.each<[string, Uint8Array, 'malformed' | 'unsupported_version' | 'too_large', string]>([
    ['of no byte', new Uint8Array(), 'malformed', 'push byte 0 (magic)'],
    ['that is a block', block, 'malformed', 'this is no push'],
    ['of version 2', Uint8Array.of(0x44, 0x53, 0x50, 2), 'unsupported_version', 'version 2 is not known'],
    ['with a frame of a newer agent', push(frame(5)), 'unsupported_version', 'frames of type 5 are not known'],
    ['with a frame longer than it', push(written(3, 9, 0)), 'malformed', '(block 0): 9 bytes are announced'],
    ['with two reports', push(frame(1, json(report)), frame(1, json(report))), 'malformed', 'one report'],
    ['with a report that is no JSON', push(frame(1, encodeUtf8('{'))), 'malformed', '(report): it is not JSON'],
    ['with a report that is not UTF-8', push(frame(1, Uint8Array.of(0xff))), 'malformed', 'not UTF-8'],
    [
      'with a report of another shape',
      push(frame(1, json({ ...report, backlogTicks: -1 }))),
      'malformed',
      '(report): backlogTicks: Too small',
    ],
    ['with a description without a hash', push(frame(2, new Uint8Array(15))), 'malformed', 'shorter than its hash'],
    ['with a description twice', push(sound, sound), 'malformed', 'it is there twice'],
    [
      'with a description of another shape',
      push(frame(2, zeroHash, json({ kind: 'pod', namespace: 'x' }))),
      'malformed',
      `(description ${'0'.repeat(32)}): name: Invalid input`,
    ],
    ['with a description under a false hash', push(...hashes(1)), 'malformed', 'the hash is not that of the text'],
    [
      'with a broken block, and says where in it',
      push(frame(3, block), frame(3, block.with(3, 9))),
      'unsupported_version',
      `push byte ${4 + 2 * 3 + block.length} (block 1), block byte 4 (version): version 9`,
    ],
  ])('%s', (_, bytes, code, words) => {
    expectRefusal(() => decodePush(bytes, nodeZstd, sha256), code, words);
  });

  it('for a name of a description that is no hash', () => {
    expectRefusal(() => encodePush({ descriptions: new Map([['x', node]]), blocks: [] }), 'malformed', '"x" is not 32');
  });
});

describe('a push with one too many is too large, and at the limit it is not:', () => {
  const described = (bytes: number): Uint8Array => {
    const bare = json({ ...node, name: '' }).length;
    return push(
      frame(2, new Uint8Array(16), encodeUtf8(JSON.stringify({ ...node, name: '' }).padEnd(Math.max(bytes, bare)))),
    );
  };
  it.each<[string, number, (count: number) => Uint8Array]>([
    ['blocks', limits.blocksPerPush, (count) => push(...Array.from({ length: count }, () => frame(3, block)))],
    ['descriptions', limits.descriptionsPerPush, (count) => push(...hashes(count))],
    ['bytes of a description', limits.descriptionBytes, described],
    ['bytes', limits.pushBytes, (count) => push(new Uint8Array(count - start.length))],
  ])('%s', (_, limit, of) => {
    expect(refusalOrNone(() => decodePush(of(limit), nodeZstd))?.code).not.toBe('too_large');
    expectRefusal(() => decodePush(of(limit + 1), nodeZstd), 'too_large', String(limit));
  });

  it('memory for decoded blocks', () => {
    const columns = Array.from({ length: 10_000 }, (_, i) => ({ metric: i + 1, values: Float64Array.of(0, 0) }));
    const ages = Float64Array.of(0, 0);
    const wide: Block = {
      ...sampleBlock,
      groups: [0, 1].map((entity) => ({ entity, kind: 'resource', ages, columns })),
    };
    expect(decodedBytes(wide)).toBe(20_004 * 224 + 20_002 * 2 * 8);
    const fitting = Math.floor(limits.pushDecodedBytes / decodedBytes(wide));
    const bytes = encodeBlock(wide, nodeZstd);
    const of = (count: number): Uint8Array => push(...Array.from({ length: count }, () => frame(3, bytes)));
    expect(decodePush(of(fitting), nodeZstd).blocks).toHaveLength(fitting);
    expectRefusal(() => decodePush(of(fitting + 1), nodeZstd), 'too_large', 'send fewer at once');
  });
});
