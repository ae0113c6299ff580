import type { ZodType } from 'zod';
import type { Description } from '../description.ts';
import { descriptionSchema } from '../description.ts';
import { limits } from '../limits.ts';
import type { AgentReport } from '../report.ts';
import { agentReportSchema } from '../report.ts';
import type { BlockHeader } from './decode.ts';
import { decodeBlockHeader } from './decode.ts';
import { decodedRosterBytes } from './decoded-bytes.ts';
import { hashOfCanonicalJson } from './description-hash.ts';
import { toHex } from './hex.ts';
import { nested } from './nested.ts';
import type { Sha256, Zstd } from './ports.ts';
import { frames, pushMagic, pushVersion } from './push-frames.ts';
import { Reader } from './reader.ts';
import { decodeRoster, rosterHash } from './roster-format.ts';
import type { Roster } from './roster.ts';
import { decodeUtf8 } from './utf8.ts';

/** A push whose blocks are not decoded yet: which rosters they need stands in their headers. */
export interface ReadPush {
  readonly report?: AgentReport;
  readonly descriptions: ReadonlyMap<string, Description>;
  readonly rosters: ReadonlyMap<string, ReadRoster>;
  readonly blocks: readonly ReadBlock[];
}

export interface ReadRoster {
  readonly roster: Roster;
  /** As sent: what its hash is of. */
  readonly bytes: Uint8Array;
}

export interface ReadBlock {
  readonly header: BlockHeader;
  /** As sent. */
  readonly bytes: Uint8Array;
  /** Where they begin in the push. */
  readonly offset: number;
}

/**
 * What is in a push. With `sha256` each description's text and each roster's bytes must have the hash that they are
 * sent under; without, hashes are taken as sent. Bytes are views of the given ones.
 *
 * @throws BlockError, with the byte offset in the push, and in the block or roster where one is at fault.
 */
export function readPush(bytes: Uint8Array, zstd: Zstd, sha256?: Sha256): ReadPush {
  const reader = openPush(bytes);
  const descriptions = new Map<string, Description>();
  const rosters = new Map<string, ReadRoster>();
  const blocks: ReadBlock[] = [];
  let report: AgentReport | undefined;
  while (reader.left > 0) {
    reader.what = 'frame';
    const type = reader.byte();
    const length = reader.unsigned();
    switch (type) {
      case frames.report:
        reader.what = 'report';
        if (report !== undefined) reader.fail('a push has one report');
        report = parse(reader, reader.raw(length), agentReportSchema);
        break;
      case frames.description:
        readDescription(reader, length, descriptions, sha256);
        break;
      case frames.roster:
        readRoster(reader, length, rosters, zstd, sha256);
        break;
      case frames.block:
        blocks.push(readBlock(reader, length, blocks.length));
        break;
      default:
        reader.fail(`frames of type ${type} are not known here`, 'unsupported_version');
    }
  }
  return { ...(report === undefined ? {} : { report }), descriptions, rosters, blocks };
}

function openPush(bytes: Uint8Array): Reader {
  const reader = new Reader(bytes, 'push');
  reader.what = 'length';
  if (bytes.length > limits.pushBytes) {
    reader.fail(`${bytes.length} bytes are more than the limit of ${limits.pushBytes}`, 'too_large');
  }
  reader.what = 'magic';
  for (const byte of pushMagic) if (reader.byte() !== byte) reader.fail('this is no push');
  reader.what = 'version';
  const version = reader.byte();
  if (version !== pushVersion) {
    reader.fail(`version ${version} is not known here, only ${pushVersion}`, 'unsupported_version');
  }
  return reader;
}

function readHash(reader: Reader, length: number): string {
  if (length < 16) reader.fail('it is shorter than its hash');
  return toHex(reader.raw(16));
}

function readRoster(
  reader: Reader,
  length: number,
  rosters: Map<string, ReadRoster>,
  zstd: Zstd,
  sha256: Sha256 | undefined,
): void {
  reader.what = 'roster';
  if (rosters.size >= limits.rostersPerPush) {
    reader.fail(`there are more than ${limits.rostersPerPush} rosters`, 'too_large');
  }
  const hash = readHash(reader, length);
  reader.what = `roster ${hash}`;
  if (rosters.has(hash)) reader.fail('it is there twice');
  const bytes = reader.raw(length - 16);
  if (sha256 !== undefined && rosterHash(bytes, sha256) !== hash) reader.fail('the hash is not that of the bytes');
  const place = `push byte ${reader.offset - bytes.length} (roster ${hash})`;
  const roster = nested(place, () => decodeRoster(bytes, zstd));
  rosters.set(hash, { roster, bytes });
  const all = [...rosters.values()].reduce((sum, one) => sum + decodedRosterBytes(one.roster), 0);
  if (all > limits.pushDecodedBytes) reader.fail('the rosters take too much memory together', 'too_large');
}

function readBlock(reader: Reader, length: number, index: number): ReadBlock {
  reader.what = `block ${index}`;
  if (index >= limits.blocksPerPush) reader.fail(`there are more than ${limits.blocksPerPush} blocks`, 'too_large');
  const offset = reader.offset;
  const bytes = reader.raw(length);
  return { header: nested(`push byte ${offset} (block ${index})`, () => decodeBlockHeader(bytes)), bytes, offset };
}

function readDescription(
  reader: Reader,
  length: number,
  descriptions: Map<string, Description>,
  sha256: Sha256 | undefined,
): void {
  reader.what = 'description';
  if (descriptions.size >= limits.descriptionsPerPush) {
    reader.fail(`there are more than ${limits.descriptionsPerPush} descriptions`, 'too_large');
  }
  const hash = readHash(reader, length);
  reader.what = `description ${hash}`;
  if (length - 16 > limits.descriptionBytes) {
    reader.fail(`${length - 16} bytes are more than the limit of ${limits.descriptionBytes}`, 'too_large');
  }
  if (descriptions.has(hash)) reader.fail('it is there twice');
  const text = reader.raw(length - 16);
  const description = parse(reader, text, descriptionSchema);
  if (sha256 !== undefined && hashOfCanonicalJson(decodeUtf8(text) ?? '', sha256) !== hash) {
    reader.fail('the hash is not that of the text');
  }
  descriptions.set(hash, description);
}

/** JSON in UTF-8 of that shape. */
function parse<T>(reader: Reader, bytes: Uint8Array, schema: ZodType<T>): T {
  const text = decodeUtf8(bytes) ?? reader.fail('it is not UTF-8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return reader.fail('it is not JSON');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return reader.fail(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another shape'}`);
}
