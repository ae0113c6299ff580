import { BlockError } from './block-error.ts';
import type { Zstd } from './ports.ts';
import { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Writes a payload as one zstd frame behind both lengths. @throws BlockError too_large above `most` bytes. */
export function writeCompressed(writer: Writer, payload: Uint8Array, zstd: Zstd, most: number, where: string): void {
  if (payload.length > most) refuse(where, payload.length, most, 'before compression');
  const frame = zstd.compress(payload);
  writer.unsigned(payload.length);
  writer.unsigned(frame.length);
  writer.raw(frame);
}

/** The whole, once written. @throws BlockError too_large above `most` bytes. */
export function finished(writer: Writer, most: number, where: string): Uint8Array {
  if (writer.length > most) refuse(where, writer.length, most, 'encoded');
  return writer.view().slice();
}

function refuse(where: string, bytes: number, most: number, when: string): never {
  throw new BlockError('too_large', where, `it has ${bytes} bytes ${when}, more than the limit of ${most}`);
}

/** A reader of the payload, which is the last thing in `reader`. No more than `most` bytes are decompressed. */
export function readCompressed(reader: Reader, zstd: Zstd, most: number, where: string): Reader {
  reader.what = 'length of the payload';
  const rawLength = reader.count(most);
  if (rawLength === 0) reader.fail('it is empty');
  reader.what = 'compressed payload';
  const frame = reader.raw(reader.unsigned());
  reader.end();
  let raw: Uint8Array;
  try {
    raw = zstd.decompress(frame, rawLength);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BlockError('malformed', `${where} (compressed payload)`, `it does not decompress: ${why}`);
  }
  if (raw.length !== rawLength) reader.fail(`${rawLength} bytes were announced and ${raw.length} came out`);
  return new Reader(raw, 'payload');
}
