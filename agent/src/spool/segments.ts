import { mkdir, open, readFile, readdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { codeOf } from '../errors.ts';
import { decodeHeader, headerBytes } from './record.ts';
import { SegmentWriter } from './segment-writer.ts';

const namePattern = /^segment-(\d{10})\.log$/;

/** What is known of a segment file without reading it again. */
export interface Segment {
  readonly number: number;
  bytes: number;
}

/** The segment files of one directory. */
export class SegmentFiles {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  path(number: number): string {
    return path.join(this.directory, `segment-${String(number).padStart(10, '0')}.log`);
  }

  /** Numbers of the files that are there, ascending; none when the directory is not there or not readable. */
  async list(): Promise<number[]> {
    const names = await readdir(this.directory).catch(() => []);
    return names
      .map((name) => Number(namePattern.exec(name)?.[1] ?? NaN))
      .filter((number) => !Number.isNaN(number))
      .sort((a, b) => a - b);
  }

  read(number: number): Promise<Buffer> {
    return readFile(this.path(number));
  }

  async create(number: number): Promise<SegmentWriter> {
    await mkdir(this.directory, { recursive: true });
    return SegmentWriter.create(this.path(number));
  }

  async remove(number: number): Promise<void> {
    await unlink(this.path(number)).catch(() => undefined);
  }

  /**
   * Payloads at these offsets of one segment; undefined where the record is damaged or gone.
   *
   * @throws when the file is there and cannot be read for now, such as for want of file descriptors.
   */
  async payloads(number: number, offsets: readonly number[]): Promise<(Uint8Array | undefined)[]> {
    const file = await open(this.path(number), 'r').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) return offsets.map(() => undefined);
    try {
      const payloads: (Uint8Array | undefined)[] = [];
      for (const offset of offsets) payloads.push(await payloadAt(file, offset));
      return payloads;
    } finally {
      await file.close();
    }
  }
}

async function payloadAt(file: FileHandle, offset: number): Promise<Uint8Array | undefined> {
  const header = Buffer.alloc(headerBytes);
  await file.read(header, 0, headerBytes, offset);
  const { length, payloadCrc } = decodeHeader(header, 0) ?? { length: -1, payloadCrc: 0 };
  if (length < 0) return undefined;
  const payload = Buffer.alloc(length);
  const { bytesRead } = await file.read(payload, 0, length, offset + headerBytes);
  return bytesRead === length && crc32(payload) === payloadCrc ? payload : undefined;
}
