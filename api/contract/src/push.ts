import * as z from 'zod';
import type { Block } from './block.ts';
import type { NamedRoster } from './codec/roster.ts';
import type { Description } from './description.ts';
import { descriptionSchema } from './description.ts';
import { limits } from './limits.ts';
import type { AgentReport } from './report.ts';
import { agentReportSchema } from './report.ts';

/** Media type of a binary push; its body is the codec's push format. JSON takes the same endpoint. */
export const pushMediaType = 'application/vnd.docksnap.push';

/** The body of `POST /api/v1/blocks`, decoded. */
export interface Push {
  readonly report?: AgentReport;
  /** New descriptions by their hash (see codec: descriptionHash). */
  readonly descriptions: ReadonlyMap<string, Description>;
  readonly blocks: readonly PushedBlock[];
}

export interface PushedBlock {
  readonly block: Block;
  /** The encoded block, exactly as the sender spooled it: what equality of duplicates is judged by. */
  readonly bytes: Uint8Array;
  /** The roster that the bytes name, without which they cannot be decoded. */
  readonly roster?: NamedRoster;
}

const value = z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER).nullable();

/** A block as JSON, for curl: null is absent, metrics by name. */
export const jsonBlockSchema = z
  .object({
    epoch: z.string().regex(/^[0-9a-f]{32}$/),
    firstSeq: z.int().min(1),
    intervalMs: z.int().min(100).max(3_600_000),
    tickTimes: z.array(z.int().min(0)).min(1).max(limits.ticksPerBlock),
    entities: z
      .array(
        z.object({
          kind: z.enum(['node', 'pod', 'container']),
          key: z.string().min(1).max(limits.keyBytes),
          runtimeId: z.string().max(limits.keyBytes).default(''),
          startedAtMs: z.int().min(0).default(0),
          description: descriptionSchema.optional(),
        }),
      )
      .max(limits.entitiesPerBlock),
    groups: z
      .array(
        z.object({
          entity: z.int().min(0),
          kind: z.enum(['resource', 'cgroup', 'network']),
          intervalMs: z.int().min(100).max(3_600_000).optional(),
          ages: z.array(value).max(limits.ticksPerBlock),
          metrics: z.record(z.string(), z.array(value).max(limits.ticksPerBlock)),
        }),
      )
      .max(limits.groupsPerBlock),
  })
  .meta({ id: 'Block' });

export const jsonPushSchema = z
  .object({
    report: agentReportSchema.optional(),
    blocks: z.array(jsonBlockSchema).min(1).max(limits.blocksPerPush),
  })
  .meta({ id: 'Push' });

export type JsonBlock = z.infer<typeof jsonBlockSchema>;
export type JsonPush = z.infer<typeof jsonPushSchema>;

/** Answer to an accepted push. A duplicate is a tick that was stored before with equal bytes. */
export const pushAnswerSchema = z
  .object({ stored: z.int().min(0), duplicate: z.int().min(0) })
  .meta({ id: 'PushAnswer' });
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

/** Answer 409 `need`: nothing was stored; send again with these descriptions and rosters. */
export const needAnswerSchema = z.object({
  code: z.literal('need'),
  message: z.string(),
  /** Hashes of descriptions. */
  need: z.array(z.string()).max(limits.descriptionsPerPush),
  /** Hashes of rosters. */
  rosters: z.array(z.string()).max(limits.blocksPerPush).default([]),
});
