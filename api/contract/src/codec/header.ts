import type { Block } from '../block.ts';
import { limits } from '../limits.ts';
import { fromHex, toHex } from './hex.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** What a block says of its ticks; readable without decompression. */
export type TickHeader = Pick<Block, 'epoch' | 'firstSeq' | 'intervalMs' | 'tickTimes'>;

/** What stands before a block's payload. */
export interface Header {
  readonly ticks: TickHeader;
  readonly version: FormatVersion;
  /** The roster that the block names, 32 hex digits. */
  readonly rosterHash: string | undefined;
}

export type FormatVersion = 1 | 2;

/** "DSB" */
const magic = [0x44, 0x53, 0x42];
const namesRoster = 1;

export function writeHeader(writer: Writer, block: TickHeader, rosterHash: string | undefined): void {
  writeTicks(writer, block, 2);
  writer.byte(rosterHash === undefined ? 0 : namesRoster);
  if (rosterHash !== undefined) writer.raw(fromHex(rosterHash));
}

/** All of a header of version 1, and the greatest part of one of version 2. */
export function writeTicks(writer: Writer, block: TickHeader, version: FormatVersion): void {
  for (const byte of magic) writer.byte(byte);
  writer.byte(version);
  writer.raw(fromHex(block.epoch));
  writer.unsigned(block.firstSeq);
  writer.unsigned(block.intervalMs);
  writer.unsigned(block.tickTimes.length);
  let last: number | undefined;
  for (const time of block.tickTimes) {
    if (last === undefined) writer.unsigned(time);
    else writer.signed(time - last - block.intervalMs);
    last = time;
  }
}

export function readHeader(reader: Reader): Header {
  reader.what = 'magic';
  for (const byte of magic) if (reader.byte() !== byte) reader.fail('this is no block');
  reader.what = 'version';
  const version = reader.byte();
  if (version !== 1 && version !== 2) {
    reader.fail(`version ${version} is not known here, only 1 and 2`, 'unsupported_version');
  }
  const ticks = readTicks(reader);
  return { ticks, version, rosterHash: version === 1 ? undefined : readRosterHash(reader) };
}

function readRosterHash(reader: Reader): string | undefined {
  reader.what = 'flags';
  const flags = reader.byte();
  if (flags > namesRoster) reader.fail(`${flags} has bits that mean nothing`);
  reader.what = 'roster';
  return flags === namesRoster ? toHex(reader.raw(16)) : undefined;
}

function readTicks(reader: Reader): TickHeader {
  reader.what = 'epoch';
  const epoch = toHex(reader.raw(16));
  reader.what = 'first sequence number';
  const firstSeq = reader.unsigned();
  if (firstSeq < 1) reader.fail('sequence numbers start at 1');
  reader.what = 'interval';
  const intervalMs = reader.unsigned();
  if (intervalMs < limits.intervalMinMs || intervalMs > limits.intervalMaxMs) {
    reader.fail(`${intervalMs} ms is not from ${limits.intervalMinMs} to ${limits.intervalMaxMs}`);
  }
  reader.what = 'number of ticks';
  const ticks = reader.count(limits.ticksPerBlock);
  if (ticks < 1) reader.fail('a block has at least one tick');
  if (firstSeq - 1 > Number.MAX_SAFE_INTEGER - ticks) reader.fail('the last sequence number is above 2^53 - 1');
  return { epoch, firstSeq, intervalMs, tickTimes: readTickTimes(reader, ticks, intervalMs) };
}

function readTickTimes(reader: Reader, ticks: number, intervalMs: number): number[] {
  reader.what = 'tick times';
  const times = [reader.unsigned()];
  let last = times[0] ?? 0;
  for (let i = 1; i < ticks; i++) {
    const time = last + (intervalMs + reader.signed());
    if (time <= last) reader.fail(`tick ${i} is not after the one before it`);
    if (time > Number.MAX_SAFE_INTEGER) reader.fail(`the time of tick ${i} is above 2^53 - 1`);
    times.push(time);
    last = time;
  }
  return times;
}
