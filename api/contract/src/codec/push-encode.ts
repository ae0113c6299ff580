import type { Description } from '../description.ts';
import type { AgentReport } from '../report.ts';
import { BlockError } from './block-error.ts';
import { canonicalJson } from './description-hash.ts';
import { fromHex } from './hex.ts';
import { frames, pushMagic, pushVersion } from './push-frames.ts';
import { encodeUtf8 } from './utf8.ts';
import { Writer } from './writer.ts';

/** What an agent sends: the blocks as it spooled them. */
export interface PushToEncode {
  readonly report?: AgentReport | undefined;
  /** By hash: descriptionHash. */
  readonly descriptions: ReadonlyMap<string, Description>;
  /** Encoded, by hash: rosterHash. */
  readonly rosters?: ReadonlyMap<string, Uint8Array>;
  readonly blocks: readonly Uint8Array[];
}

/**
 * The push in the form of FORMAT.md. Limits are the reader's to judge: the writer has chosen what it sends by them.
 *
 * @throws BlockError for a hash that is not 32 hex digits.
 */
export function encodePush(push: PushToEncode): Uint8Array {
  const writer = new Writer();
  for (const byte of pushMagic) writer.byte(byte);
  writer.byte(pushVersion);
  if (push.report !== undefined) writeFrame(writer, frames.report, [jsonBytes(push.report)]);
  for (const [hash, description] of byHash(push.descriptions, 'descriptions')) {
    writeFrame(writer, frames.description, [fromHex(hash), jsonBytes(description)]);
  }
  for (const [hash, roster] of byHash(push.rosters ?? new Map<string, Uint8Array>(), 'rosters')) {
    writeFrame(writer, frames.roster, [fromHex(hash), roster]);
  }
  for (const block of push.blocks) writeFrame(writer, frames.block, [block]);
  return writer.view().slice();
}

/** Ascending. */
function byHash<T>(entries: ReadonlyMap<string, T>, place: string): [string, T][] {
  for (const hash of entries.keys()) {
    if (/^[0-9a-f]{32}$/.test(hash)) continue;
    throw new BlockError('malformed', place, `"${hash}" is not 32 lower-case hex digits`);
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Always well-formed: JSON escapes lone surrogates. */
function jsonBytes(value: unknown): Uint8Array {
  return encodeUtf8(canonicalJson(value));
}

function writeFrame(writer: Writer, type: number, parts: readonly Uint8Array[]): void {
  writer.byte(type);
  writer.unsigned(parts.reduce((sum, part) => sum + part.length, 0));
  for (const part of parts) writer.raw(part);
}
