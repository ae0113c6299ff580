import { type AgentReport, type Description, jsonPushSchema, limits, type PushedBlock } from '@docksnap/contract';
import {
  BlockError,
  type BlockErrorCode,
  decodePushedBlocks,
  descriptionHash,
  encodeBlock,
  jsonBlockToBlock,
  neededRosters,
  readPush,
  type ReadRoster,
  type Rosters,
} from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { zstd } from '../codec/zstd.ts';
import { Problem } from '../problem/problem.ts';

const answers: Record<BlockErrorCode, { status: number; code: string }> = {
  malformed: { status: 400, code: 'malformed_block' },
  too_large: { status: 413, code: 'too_large' },
  unsupported_version: { status: 415, code: 'unsupported_version' },
  unknown_roster: { status: 409, code: 'need' },
};

/** A push as it came: its blocks may name rosters that are not in it. */
export interface PushBody {
  readonly report: AgentReport | undefined;
  readonly descriptions: ReadonlyMap<string, Description>;
  /** By hash. */
  readonly rosters: ReadonlyMap<string, ReadRoster>;
  /** Hashes of the rosters that its blocks name and that are not in it. */
  readonly needed: ReadonlySet<string>;
  /** Its blocks, with rosters from elsewhere. Throws a Problem that names the place. */
  blocks(rosters: Rosters): readonly PushedBlock[];
}

/** The push in a request's body: bytes in the binary form, or parsed JSON. Throws a Problem that names the place. */
export function readBody(body: unknown): PushBody {
  return answering(() => (body instanceof Uint8Array ? fromBytes(body) : fromJson(body)));
}

function answering<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    const { status, code } = answers[error.code];
    throw new Problem(status, code, `the push is refused, nothing of it was stored: ${error.message}`, {
      place: error.place,
      cause: error,
    });
  }
}

function fromBytes(bytes: Uint8Array): PushBody {
  const push = readPush(bytes, zstd, sha256);
  for (const [index, { header }] of push.blocks.entries()) checkSpan(header.tickTimes, index);
  const { report, descriptions, rosters } = push;
  const blocks = (known: Rosters): readonly PushedBlock[] => answering(() => decodePushedBlocks(push, zstd, known));
  return { report, descriptions, rosters, needed: neededRosters(push), blocks };
}

function fromJson(body: unknown): PushBody {
  const parsed = jsonPushSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BlockError('malformed', issue?.path.join('.') ?? '', issue?.message ?? 'it is no push');
  }
  const descriptions = new Map<string, Description>();
  const blocks = parsed.data.blocks.map((json) => {
    const converted = jsonBlockToBlock(json, (description) => descriptionHash(description, sha256));
    for (const [hash, description] of converted.descriptions) descriptions.set(hash, description);
    return { block: converted.block, bytes: encodeBlock(converted.block, zstd) };
  });
  for (const [index, { block }] of blocks.entries()) checkSpan(block.tickTimes, index);
  const { report } = parsed.data;
  return { report, descriptions, rosters: new Map(), needed: new Set(), blocks: () => blocks };
}

function checkSpan(tickTimes: readonly number[], index: number): void {
  const spanMs = (tickTimes.at(-1) ?? 0) - (tickTimes[0] ?? 0);
  if (spanMs <= limits.blockSpanMs) return;
  throw new BlockError(
    'too_large',
    `block ${index} (tick times)`,
    `its ticks span ${spanMs} ms, more than the limit of ${limits.blockSpanMs}; send several blocks`,
  );
}
