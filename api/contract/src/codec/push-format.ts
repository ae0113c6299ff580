import type { ZodType } from 'zod';
import type { Description } from '../description.ts';
import { descriptionSchema } from '../description.ts';
import { limits } from '../limits.ts';
import type { Push, PushedBlock } from '../push.ts';
import type { AgentReport } from '../report.ts';
import { agentReportSchema } from '../report.ts';
import { BlockError } from './block-error.ts';
import { decodeBlock } from './decode.ts';
import { decodedBytes } from './decoded-bytes.ts';
import { canonicalJson, hashOfCanonicalJson } from './description-hash.ts';
import { fromHex, toHex } from './hex.ts';
import type { Sha256, Zstd } from './ports.ts';
import { Reader } from './reader.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { Writer } from './writer.ts';

/** What an agent sends: the blocks as it spooled them. */
export interface PushToEncode {
  readonly report?: AgentReport | undefined;
  /** By hash: descriptionHash. */
  readonly descriptions: ReadonlyMap<string, Description>;
  readonly blocks: readonly Uint8Array[];
}

/** "DSP" */
const magic = [0x44, 0x53, 0x50];
const formatVersion = 1;
const reportFrame = 1;
const descriptionFrame = 2;
const blockFrame = 3;

/**
 * The push in the form of FORMAT.md. Limits are the reader's to judge: the writer has chosen what it sends by them.
 *
 * @throws BlockError for a hash that is not 32 hex digits.
 */
export function encodePush(push: PushToEncode): Uint8Array {
  const writer = new Writer();
  for (const byte of magic) writer.byte(byte);
  writer.byte(formatVersion);
  if (push.report !== undefined) writeFrame(writer, reportFrame, [jsonBytes(push.report)]);
  for (const [hash, description] of [...push.descriptions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!/^[0-9a-f]{32}$/.test(hash)) {
      throw new BlockError('malformed', 'descriptions', `"${hash}" is not 32 lower-case hex digits`);
    }
    writeFrame(writer, descriptionFrame, [fromHex(hash), jsonBytes(description)]);
  }
  for (const block of push.blocks) writeFrame(writer, blockFrame, [block]);
  return writer.view().slice();
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

/**
 * A push, with each block decoded and beside it its own bytes (a view of the given ones). With `sha256` each
 * description's text must have the hash that it is sent under; without, hashes are taken as sent.
 *
 * @throws BlockError, with the byte offset in the push, and in the block where a block is at fault.
 */
export function decodePush(bytes: Uint8Array, zstd: Zstd, sha256?: Sha256): Push {
  const reader = openPush(bytes);
  const descriptions = new Map<string, Description>();
  const blocks: PushedBlock[] = [];
  let report: AgentReport | undefined;
  let room: number = limits.pushDecodedBytes;
  while (reader.left > 0) {
    reader.what = 'frame';
    const type = reader.byte();
    const length = reader.unsigned();
    if (type === reportFrame) {
      reader.what = 'report';
      if (report !== undefined) reader.fail('a push has one report');
      report = parse(reader, reader.raw(length), agentReportSchema);
    } else if (type === descriptionFrame) {
      readDescription(reader, length, descriptions, sha256);
    } else if (type === blockFrame) {
      const pushed = readBlock(reader, length, blocks.length, zstd);
      blocks.push(pushed);
      room -= decodedBytes(pushed.block);
      if (room < 0) reader.fail('the blocks take too much memory together: send fewer at once', 'too_large');
    } else {
      reader.fail(`frames of type ${type} are not known here`, 'unsupported_version');
    }
  }
  return { ...(report === undefined ? {} : { report }), descriptions, blocks };
}

function openPush(bytes: Uint8Array): Reader {
  const reader = new Reader(bytes, 'push');
  reader.what = 'length';
  if (bytes.length > limits.pushBytes) {
    reader.fail(`${bytes.length} bytes are more than the limit of ${limits.pushBytes}`, 'too_large');
  }
  reader.what = 'magic';
  for (const byte of magic) if (reader.byte() !== byte) reader.fail('this is no push');
  reader.what = 'version';
  const version = reader.byte();
  if (version !== formatVersion) {
    reader.fail(`version ${version} is not known here, only ${formatVersion}`, 'unsupported_version');
  }
  return reader;
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
  if (length < 16) reader.fail('it is shorter than its hash');
  const hash = toHex(reader.raw(16));
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

function readBlock(reader: Reader, length: number, index: number, zstd: Zstd): PushedBlock {
  reader.what = `block ${index}`;
  if (index >= limits.blocksPerPush) reader.fail(`there are more than ${limits.blocksPerPush} blocks`, 'too_large');
  const start = reader.offset;
  const bytes = reader.raw(length);
  try {
    return { block: decodeBlock(bytes, zstd), bytes };
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    const message = error.message.slice(error.place.length + 2);
    throw new BlockError(error.code, `push byte ${start} (block ${index}), ${error.place}`, message);
  }
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
