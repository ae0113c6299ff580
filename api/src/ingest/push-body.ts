import { type Description, jsonPushSchema, limits, type Push } from '@docksnap/contract';
import {
  BlockError,
  type BlockErrorCode,
  decodePush,
  descriptionHash,
  encodeBlock,
  jsonBlockToBlock,
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

/** The push in a request's body: bytes in the binary form, or parsed JSON. Throws a Problem that names the place. */
export function readPush(body: unknown): Push {
  try {
    const push = body instanceof Uint8Array ? decodePush(body, zstd, sha256) : fromJson(body);
    for (const [index, { block }] of push.blocks.entries()) checkSpan(block.tickTimes, index);
    return push;
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    const { status, code } = answers[error.code];
    throw new Problem(status, code, `the push is refused, nothing of it was stored: ${error.message}`, {
      place: error.place,
      cause: error,
    });
  }
}

function fromJson(body: unknown): Push {
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
  return { ...(parsed.data.report === undefined ? {} : { report: parsed.data.report }), descriptions, blocks };
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
