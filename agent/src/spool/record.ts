import { crc32 } from 'node:zlib';

/*
 * A segment file is records one after the other. A record, little endian:
 *
 *   0  magic   "DSR1"
 *   4  kind    u16   1 block, 2 description, 3 ledger, 4 roster
 *   6  ticks   u16   of a block, less 1; else 0
 *   8  length  u32   of the payload
 *  12  seq     u32   of a block's first tick, else 0
 *  16  id      16 B  a block's epoch, a description's or roster's hash, else 0
 *  32  tickMs  f64   of a block's last tick, unix ms, else 0
 *  40  crc32   u32   of the payload
 *  44  crc32   u32   of the 44 bytes above: a header that fails it tells nothing, not even where the next record is
 *  48  payload       an encoded block or roster as it is pushed; a description or the ledger as JSON
 */

export const headerBytes = 48;

const magic = Buffer.from('DSR1');

/** A payload is at most a block (limits.blockBytes); more is damage. */
const payloadBytes = 4 * 1024 * 1024;

export const recordKinds = { block: 1, description: 2, ledger: 3, roster: 4 } as const;
export type RecordKind = keyof typeof recordKinds;

export interface RecordHeader {
  readonly kind: RecordKind;
  /** Bytes of the payload. */
  readonly length: number;
  readonly seq: number;
  /** Of a block; else 1. */
  readonly ticks: number;
  /** 32 hex digits. */
  readonly id: string;
  readonly tickMs: number;
  readonly payloadCrc: number;
}

export interface NewRecord {
  readonly kind: RecordKind;
  readonly id?: string;
  readonly seq?: number;
  /** 1 unless told. */
  readonly ticks?: number;
  readonly tickMs?: number;
  readonly payload: Uint8Array;
}

export function encodeRecord(record: NewRecord): Buffer {
  const bytes = Buffer.alloc(headerBytes + record.payload.length);
  magic.copy(bytes, 0);
  bytes.writeUInt16LE(recordKinds[record.kind], 4);
  bytes.writeUInt16LE((record.ticks ?? 1) - 1, 6);
  bytes.writeUInt32LE(record.payload.length, 8);
  bytes.writeUInt32LE(record.seq ?? 0, 12);
  bytes.write(record.id ?? '', 16, 16, 'hex');
  bytes.writeDoubleLE(record.tickMs ?? 0, 32);
  bytes.writeUInt32LE(crc32(record.payload), 40);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 44)), 44);
  bytes.set(record.payload, headerBytes);
  return bytes;
}

/** The header at an offset, or undefined where there is none that is whole. */
export function decodeHeader(bytes: Buffer, at: number): RecordHeader | undefined {
  if (at + headerBytes > bytes.length || bytes.compare(magic, 0, 4, at, at + 4) !== 0) return undefined;
  if (crc32(bytes.subarray(at, at + 44)) !== bytes.readUInt32LE(at + 44)) return undefined;
  const kindNumber = bytes.readUInt16LE(at + 4);
  const length = bytes.readUInt32LE(at + 8);
  const kind = (['block', 'description', 'ledger', 'roster'] as const).find((each) => recordKinds[each] === kindNumber);
  if (kind === undefined || length > payloadBytes) return undefined;
  return {
    kind,
    length,
    seq: bytes.readUInt32LE(at + 12),
    ticks: bytes.readUInt16LE(at + 6) + 1,
    id: bytes.toString('hex', at + 16, at + 32),
    tickMs: bytes.readDoubleLE(at + 32),
    payloadCrc: bytes.readUInt32LE(at + 40),
  };
}

export interface ScannedRecord {
  readonly header: RecordHeader;
  /** Where the record begins in the segment. */
  readonly offset: number;
  readonly payload: Buffer;
  /** Whether something unreadable lies between this record and the one before it. */
  readonly afterDamage: boolean;
}

export interface ScannedSegment {
  readonly records: readonly ScannedRecord[];
  /** Headers of records whose payload is damaged or cut short: what was lost. */
  readonly broken: readonly RecordHeader[];
  /** Whether the segment ends in something unreadable, such as a record that was not written to its end. */
  readonly tornTail: boolean;
}

/**
 * The whole records of a segment. One that fails its checksum is passed over; where a header is broken, reading goes
 * on at the next whole one.
 */
export function scanSegment(bytes: Buffer): ScannedSegment {
  const records: ScannedRecord[] = [];
  const broken: RecordHeader[] = [];
  let damaged = false;
  let at = 0;
  while (at < bytes.length) {
    const header = decodeHeader(bytes, at);
    if (header === undefined) {
      damaged = true;
      const next = bytes.indexOf(magic, at + 1);
      at = next < 0 ? bytes.length : next;
      continue;
    }
    const payload = bytes.subarray(at + headerBytes, at + headerBytes + header.length);
    const intact = payload.length === header.length && crc32(payload) === header.payloadCrc;
    if (intact) records.push({ header, offset: at, payload, afterDamage: damaged });
    else broken.push(header);
    damaged = !intact;
    // A payload that was cut short has the next record, if any, within its length.
    at += intact || payload.length === header.length ? headerBytes + header.length : headerBytes;
  }
  return { records, broken, tornTail: damaged };
}
