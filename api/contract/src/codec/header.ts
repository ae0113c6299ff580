import type { Block } from '../block.ts';
import { limits } from '../limits.ts';
import { fromHex, toHex } from './hex.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** What a block says of its ticks; readable without decompression. */
export type TickHeader = Pick<Block, 'epoch' | 'firstSeq' | 'intervalMs' | 'tickTimes'>;

/** "DSB" */
const magic = [0x44, 0x53, 0x42];
export const formatVersion = 1;

export function writeHeader(writer: Writer, block: TickHeader): void {
  for (const byte of magic) writer.byte(byte);
  writer.byte(formatVersion);
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

export function readHeader(reader: Reader): TickHeader {
  reader.what = 'magic';
  for (const byte of magic) if (reader.byte() !== byte) reader.fail('this is no block');
  reader.what = 'version';
  const version = reader.byte();
  if (version !== formatVersion) {
    reader.fail(`version ${version} is not known here, only ${formatVersion}`, 'unsupported_version');
  }
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
