import type { Block } from '../block.ts';
import { limits } from '../limits.ts';
import { readCompressed } from './compressed.ts';
import type { FormatVersion, TickHeader } from './header.ts';
import { readHeader } from './header.ts';
import { readPayload } from './payload.ts';
import type { Zstd } from './ports.ts';
import { Reader } from './reader.ts';
import { unknownRoster } from './roster-format.ts';
import type { Roster } from './roster.ts';
import { readPayloadV1 } from './v1/payload.ts';

/** A block's ticks, and what stands with them outside its payload. */
export interface BlockHeader extends TickHeader {
  /** Of the whole block as encoded. */
  readonly byteLength: number;
  readonly version: FormatVersion;
  /** The roster without which it cannot be decoded, 32 hex digits. */
  readonly rosterHash?: string;
}

/** Gives a roster that a block names, by its hash. */
export type Rosters = (hash: string) => Roster | undefined;

/**
 * What a block says of its ticks, without decompressing it; its end is not looked at.
 *
 * @throws BlockError
 */
export function decodeBlockHeader(bytes: Uint8Array): BlockHeader {
  const { ticks, version, rosterHash } = readHeader(openBlock(bytes));
  return { ...ticks, byteLength: bytes.length, version, ...(rosterHash === undefined ? {} : { rosterHash }) };
}

/**
 * A block of any version, of all metrics or of those in `only` (by id; groups come without the columns not asked for,
 * which are passed over). Columns may share memory. Takes less than 64 MiB, whatever the bytes say: every length is
 * checked before it is used.
 *
 * @throws BlockError with the byte offset: in the block, or in the payload after decompression; `unknown_roster` when
 *   the block names one that `rosters` does not give.
 */
export function decodeBlock(bytes: Uint8Array, zstd: Zstd, only?: ReadonlySet<number>, rosters?: Rosters): Block {
  const outer = openBlock(bytes);
  const { ticks, version, rosterHash } = readHeader(outer);
  const base = rosterHash === undefined ? undefined : rosters?.(rosterHash);
  if (rosterHash !== undefined && base === undefined) throw unknownRoster(rosterHash);
  const payload = readCompressed(outer, zstd, limits.blockRawBytes, 'block');
  const content = version === 1 ? readPayloadV1(payload, ticks, only) : readPayload(payload, ticks, base, only);
  payload.what = 'end of the payload';
  payload.end();
  return { ...ticks, ...content };
}

function openBlock(bytes: Uint8Array): Reader {
  const reader = new Reader(bytes, 'block');
  reader.what = 'length';
  if (bytes.length > limits.blockBytes) {
    reader.fail(`${bytes.length} bytes are more than the limit of ${limits.blockBytes}`, 'too_large');
  }
  return reader;
}
