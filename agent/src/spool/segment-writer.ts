import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Appends to one segment file. What an append has returned for is on the disk. */
export class SegmentWriter {
  readonly #file: FileHandle;
  #size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws when the file is there already or cannot be made. */
  static async create(path: string): Promise<SegmentWriter> {
    return new SegmentWriter(await open(path, 'wx', 0o600));
  }

  get size(): number {
    return this.#size;
  }

  /** Writes all bytes and waits until the disk has them. After an error the segment holds what it held before. */
  async append(bytes: Buffer): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, this.#size + written);
        written += bytesWritten;
      }
      await this.#file.datasync();
    } catch (error) {
      // Half a record would be passed over by the reader, but it takes space, which is often what is lacking.
      await this.#file.truncate(this.#size).catch(() => undefined);
      throw error;
    }
    this.#size += bytes.length;
  }

  close(): Promise<void> {
    return this.#file.close().catch(() => undefined);
  }
}
