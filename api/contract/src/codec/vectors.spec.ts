import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Block } from '../block.ts';
import { descriptionSchema } from '../description.ts';
import { agentReportSchema } from '../report.ts';
import { decodeBlock } from './decode.ts';
import { canonicalJson, descriptionHash } from './description-hash.ts';
import { encodeBlock } from './encode.ts';
import { fromHex, toHex } from './hex.ts';
import { decodePush, encodePush } from './push-format.ts';
import { payloadOf } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { refusal } from './testing/refusal.ts';
import { sha256 } from './testing/sha256.ts';

const values = z.array(z.number().nullable()).transform((all) => Float64Array.from(all, (value) => value ?? NaN));
const hexBytes = z.string().transform(fromHex);
const block: z.ZodType<Block> = z.object({
  epoch: z.string(),
  firstSeq: z.number(),
  intervalMs: z.number(),
  tickTimes: z.array(z.number()),
  entities: z.array(
    z.object({
      kind: z.enum(['node', 'pod', 'container']),
      key: z.string(),
      runtimeId: z.string(),
      startedAtMs: z.number(),
      description: z.string(),
    }),
  ),
  groups: z.array(
    z.object({
      entity: z.number(),
      kind: z.enum(['resource', 'cgroup', 'network']),
      ages: values,
      columns: z.array(z.object({ metric: z.number(), values })),
    }),
  ),
});
const vectors = z
  .object({
    blocks: z.array(z.object({ name: z.string(), bytes: hexBytes, payload: z.string(), block })),
    refusedBlocks: z.array(z.object({ name: z.string(), bytes: hexBytes, code: z.string() })),
    descriptions: z.array(z.object({ description: descriptionSchema, canonicalJson: z.string(), hash: z.string() })),
    pushes: z.array(
      z.object({
        name: z.string(),
        bytes: hexBytes,
        report: agentReportSchema.optional(),
        descriptions: z.record(z.string(), descriptionSchema),
        blocks: z.array(hexBytes),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../testdata/vectors.json', import.meta.url), 'utf8')));

describe('the vectors of FORMAT.md', () => {
  it.each(vectors.blocks)('block: $name', ({ bytes, payload, block: expected }) => {
    expect(decodeBlock(bytes, nodeZstd)).toStrictEqual({
      ...expected,
      groups: expected.groups.map((group) => ({
        ...group,
        columns: [...group.columns].sort((a, b) => a.metric - b.metric),
      })),
    });
    // Another version of zstd may compress otherwise: the payload is what is fixed.
    expect(toHex(payloadOf(bytes))).toBe(payload);
    expect(toHex(payloadOf(encodeBlock(expected, nodeZstd)))).toBe(payload);
  });

  it.each(vectors.refusedBlocks)('refused: $name', ({ bytes, code }) => {
    expect(refusal(() => decodeBlock(bytes, nodeZstd)).code).toBe(code);
  });

  it.each(vectors.descriptions)('description: $hash', ({ description, canonicalJson: text, hash }) => {
    expect(canonicalJson(description)).toBe(text);
    expect(descriptionHash(description, sha256)).toBe(hash);
  });

  it.each(vectors.pushes)('push: $name', ({ bytes, report, descriptions, blocks }) => {
    const known = new Map(Object.entries(descriptions));
    expect(toHex(encodePush({ report, descriptions: known, blocks }))).toBe(toHex(bytes));
    const push = decodePush(bytes, nodeZstd, sha256);
    expect(push.report).toEqual(report);
    expect(push.descriptions).toEqual(known);
    expect(push.blocks.map((pushed) => toHex(pushed.bytes))).toEqual(blocks.map(toHex));
  });
});
