import { limits } from '../limits.ts';
import type { Push, PushedBlock } from '../push.ts';
import { BlockError } from './block-error.ts';
import type { Rosters } from './decode.ts';
import { decodeBlock } from './decode.ts';
import { decodedBytes, decodedRosterBytes } from './decoded-bytes.ts';
import { nested } from './nested.ts';
import type { Sha256, Zstd } from './ports.ts';
import type { ReadPush } from './push-read.ts';
import { readPush } from './push-read.ts';

/** Which rosters the blocks name that are not in the push itself. */
export function neededRosters({ blocks, rosters }: ReadPush): ReadonlySet<string> {
  const named = blocks.flatMap(({ header }) => header.rosterHash ?? []);
  return new Set(named.filter((hash) => !rosters.has(hash)));
}

/**
 * The blocks of a push. Rosters come with it, or from `rosters`.
 *
 * @throws BlockError with the offset in the push and in the block; `unknown_roster` when one is not to be had;
 *   `too_large` when all together take too much memory.
 */
export function decodePushedBlocks(push: ReadPush, zstd: Zstd, rosters: Rosters = () => undefined): PushedBlock[] {
  const memory: number = limits.pushDecodedBytes;
  const find: Rosters = (hash) => push.rosters.get(hash)?.roster ?? rosters(hash);
  let room = [...push.rosters.values()].reduce((left, { roster }) => left - decodedRosterBytes(roster), memory);
  return push.blocks.map(({ bytes, header, offset }, i) => {
    const place = `push byte ${offset} (block ${i})`;
    const block = nested(place, () => decodeBlock(bytes, zstd, undefined, find));
    room -= decodedBytes(block);
    if (room < 0) {
      const message = 'the blocks take too much memory together: send fewer at once';
      throw new BlockError('too_large', place, message);
    }
    const { rosterHash: hash } = header;
    const roster = hash === undefined ? undefined : find(hash);
    return { block, bytes, ...(hash === undefined || roster === undefined ? {} : { roster: { hash, roster } }) };
  });
}

/** A push with its blocks: readPush, then decodePushedBlocks. */
export function decodePush(bytes: Uint8Array, zstd: Zstd, sha256?: Sha256, rosters?: Rosters): Push {
  const read = readPush(bytes, zstd, sha256);
  const { report, descriptions } = read;
  return { ...(report === undefined ? {} : { report }), descriptions, blocks: decodePushedBlocks(read, zstd, rosters) };
}
