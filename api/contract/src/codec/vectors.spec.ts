import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Block } from '../block.ts';
import { descriptionSchema } from '../description.ts';
import { agentReportSchema } from '../report.ts';
import { decodeBlock, decodeBlockHeader } from './decode.ts';
import { canonicalJson, descriptionHash } from './description-hash.ts';
import { encodeBlock } from './encode.ts';
import { fromHex, toHex } from './hex.ts';
import { decodePush } from './push-decode.ts';
import { encodePush } from './push-encode.ts';
import { decodeRoster, encodeRoster, rosterHash } from './roster-format.ts';
import type { Roster } from './roster.ts';
import { normal } from './testing/block-arbitrary.ts';
import { payloadOf } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { refusal } from './testing/refusal.ts';
import { sha256 } from './testing/sha256.ts';
import { encodeBlockV1 } from './testing/v1/encode.ts';

const values = z.array(z.number().nullable()).transform((all) => Float64Array.from(all, (value) => value ?? NaN));
const hexBytes = z.string().transform(fromHex);
const entity = z.object({
  kind: z.enum(['node', 'pod', 'container']),
  key: z.string(),
  runtimeId: z.string(),
  startedAtMs: z.number(),
  description: z.string(),
  listedAt: hexBytes.exactOptional(),
});
const block: z.ZodType<Block> = z.object({
  epoch: z.string(),
  firstSeq: z.number(),
  intervalMs: z.number(),
  tickTimes: z.array(z.number()),
  entities: z.array(entity),
  groups: z.array(
    z.object({
      entity: z.number(),
      kind: z.enum(['resource', 'cgroup', 'network']),
      intervalMs: z.number().exactOptional(),
      ages: values,
      columns: z.array(z.object({ metric: z.number(), values })),
    }),
  ),
});
const roster: z.ZodType<Roster> = z.object({
  entities: z.array(entity),
  groups: z.array(
    z.object({
      entity: z.number(),
      kind: z.enum(['resource', 'cgroup', 'network']),
      intervalMs: z.number().exactOptional(),
      metrics: z.array(z.number()),
      references: values,
    }),
  ),
});
const encoded = { name: z.string(), bytes: hexBytes, payload: z.string() };
const encodedBlock = z.object({ ...encoded, block });
const vectors = z
  .object({
    blocks: z.array(encodedBlock),
    rosters: z.array(z.object({ ...encoded, hash: z.string(), roster })),
    rosteredBlocks: z.array(encodedBlock.extend({ roster: z.string() })),
    blocksOfVersion1: z.array(encodedBlock),
    refusedBlocks: z.array(z.object({ name: z.string(), bytes: hexBytes, code: z.string() })),
    descriptions: z.array(z.object({ description: descriptionSchema, canonicalJson: z.string(), hash: z.string() })),
    pushes: z.array(
      z.object({
        name: z.string(),
        bytes: hexBytes,
        report: agentReportSchema.optional(),
        descriptions: z.record(z.string(), descriptionSchema),
        rosters: z.array(hexBytes),
        blocks: z.array(hexBytes),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../testdata/vectors.json', import.meta.url), 'utf8')));

describe('the vectors of FORMAT.md', () => {
  // Another version of zstd may compress otherwise: the payload is what is fixed.
  it.each(vectors.blocks)('block: $name', ({ bytes, payload, block: expected }) => {
    expect(decodeBlock(bytes, nodeZstd)).toStrictEqual(normal(expected));
    expect(toHex(payloadOf(bytes))).toBe(payload);
    expect(toHex(payloadOf(encodeBlock(expected, nodeZstd)))).toBe(payload);
  });

  it.each(vectors.rosters)('roster: $name', ({ bytes, payload, hash, roster: expected }) => {
    expect(decodeRoster(bytes, nodeZstd)).toStrictEqual(expected);
    expect(rosterHash(bytes, sha256)).toBe(hash);
    expect(toHex(payloadOf(bytes))).toBe(payload);
    expect(toHex(payloadOf(encodeRoster(expected, nodeZstd)))).toBe(payload);
  });

  it.each(vectors.rosteredBlocks)('block with a roster: $name', ({ bytes, payload, roster: hash, block: expected }) => {
    const base = vectors.rosters.find((one) => one.hash === hash)?.roster;
    if (base === undefined) throw new Error(`there is no roster ${hash} among the vectors`);
    expect(decodeBlockHeader(bytes).rosterHash).toBe(hash);
    expect(decodeBlock(bytes, nodeZstd, undefined, () => base)).toStrictEqual(normal(expected));
    expect(toHex(payloadOf(bytes))).toBe(payload);
    expect(toHex(payloadOf(encodeBlock(expected, nodeZstd, { hash, roster: base })))).toBe(payload);
  });

  it.each(vectors.blocksOfVersion1)('block of version 1: $name', ({ bytes, payload, block: expected }) => {
    expect(normal(decodeBlock(bytes, nodeZstd))).toStrictEqual(normal(expected));
    expect(toHex(payloadOf(bytes))).toBe(payload);
    expect(toHex(payloadOf(encodeBlockV1(expected, nodeZstd)))).toBe(payload);
  });

  it.each(vectors.refusedBlocks)('refused: $name', ({ bytes, code }) => {
    expect(refusal(() => decodeBlock(bytes, nodeZstd)).code).toBe(code);
  });

  it.each(vectors.descriptions)('description: $hash', ({ description, canonicalJson: text, hash }) => {
    expect(canonicalJson(description)).toBe(text);
    expect(descriptionHash(description, sha256)).toBe(hash);
  });

  it.each(vectors.pushes)('push: $name', ({ bytes, report, descriptions, rosters, blocks }) => {
    const known = new Map(Object.entries(descriptions));
    const named = new Map(rosters.map((one) => [rosterHash(one, sha256), one]));
    expect(toHex(encodePush({ report, descriptions: known, rosters: named, blocks }))).toBe(toHex(bytes));
    const push = decodePush(bytes, nodeZstd, sha256);
    expect(push.report).toEqual(report);
    expect(push.descriptions).toEqual(known);
    expect(push.blocks.map((pushed) => toHex(pushed.bytes))).toEqual(blocks.map(toHex));
  });
});
