import { limits } from '../../limits.ts';
import { writeHeader } from '../header.ts';
import { Writer } from '../writer.ts';
import { nodeZstd } from './node-zstd.ts';
import { sampleBlock } from './sample-block.ts';

/** Numbers as the format's unsigned ones, and runs of bytes as they are. */
export function written(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const writer = new Writer();
  for (const part of parts) {
    if (typeof part === 'number') writer.unsigned(part);
    else writer.raw(part);
  }
  return writer.view().slice();
}

/** A sound block around a payload of any kind; or with other ticks than two, or with lies about the payload. */
export function forge(
  payload: Uint8Array,
  { ticks = 2, rawLength = payload.length, frame = compressed(payload) } = {},
): Uint8Array {
  const tickTimes = Array.from({ length: ticks }, (_, i) => 1000 * (i + 1));
  const header = new Writer();
  writeHeader(header, { ...sampleBlock, tickTimes });
  return written(header.view(), rawLength, frame.length, frame);
}

function compressed(payload: Uint8Array): Uint8Array {
  return nodeZstd.compress(payload);
}

/** The payload of an encoded block. */
export function payloadOf(block: Uint8Array): Uint8Array {
  const frame = block.subarray(block.findIndex((_, i) => isFrame(block, i)));
  return nodeZstd.decompress(frame, limits.blockRawBytes);
}

/** Where a zstd frame begins: RFC 8878, 3.1.1. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  return [0x28, 0xb5, 0x2f, 0xfd].every((byte, i) => bytes[at + i] === byte);
}
