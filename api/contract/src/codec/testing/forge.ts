import { limits } from '../../limits.ts';
import type { TickHeader } from '../header.ts';
import { writeHeader, writeTicks } from '../header.ts';
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

/** How a forged block differs from a sound one around its payload. */
interface Lies {
  readonly ticks?: number;
  readonly rawLength?: number;
  readonly frame?: Uint8Array;
  /** 32 hex digits. */
  readonly roster?: string;
}

/** A block around a payload of any kind, of two ticks unless told. */
export function forge(payload: Uint8Array, lies: Lies = {}): Uint8Array {
  return forged(payload, lies, (header, block) => {
    writeHeader(header, block, lies.roster);
  });
}

/** The same in version 1. */
export function forgeV1(payload: Uint8Array, lies: Lies = {}): Uint8Array {
  return forged(payload, lies, (header, block) => {
    writeTicks(header, block, 1);
  });
}

function forged(
  payload: Uint8Array,
  { ticks = 2, rawLength = payload.length, frame = compressed(payload) }: Lies,
  writeStart: (header: Writer, block: TickHeader) => void,
): Uint8Array {
  const tickTimes = Array.from({ length: ticks }, (_, i) => 1000 * (i + 1));
  const header = new Writer();
  writeStart(header, { ...sampleBlock, tickTimes });
  return written(header.view(), rawLength, frame.length, frame);
}

/** A roster around a payload of any kind. */
export function forgeRoster(payload: Uint8Array): Uint8Array {
  const frame = compressed(payload);
  return written(Uint8Array.of(0x44, 0x53, 0x52, 1), payload.length, frame.length, frame);
}

function compressed(payload: Uint8Array): Uint8Array {
  return nodeZstd.compress(payload);
}

/** The payload of an encoded block or roster. */
export function payloadOf(block: Uint8Array): Uint8Array {
  const frame = block.subarray(block.findIndex((_, i) => isFrame(block, i)));
  return nodeZstd.decompress(frame, limits.blockRawBytes);
}

/** Where a zstd frame begins: RFC 8878, 3.1.1. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  return [0x28, 0xb5, 0x2f, 0xfd].every((byte, i) => bytes[at + i] === byte);
}
