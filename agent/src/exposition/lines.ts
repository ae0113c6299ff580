/** A line longer than this is passed over. The kubelet's longest are below 1 KiB. */
export const lineBytes = 64 * 1024;

const newline = 0x0a;

export interface LineSink {
  /** One line, bytes[start, end), without its newline. The bytes are only lent. */
  line(bytes: Buffer, start: number, end: number): void;
  overlong(): void;
  /** Whether lines that do not start with `#` are of no interest now. */
  readonly skipping: boolean;
}

/** Splits a page that arrives in chunks into lines, without holding more than one of them. */
export class Lines {
  readonly #sink: LineSink;
  #carry = Buffer.alloc(0);
  #discarding = false;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    const first = this.#carry.length > 0 || this.#discarding ? this.#finishCarried(chunk) : 0;
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > first) this.#whole(chunk, first, end);
    this.#keep(chunk, Math.max(first, end));
  }

  /** The last line may lack its newline. */
  end(): void {
    if (this.#carry.length > 0) this.#sink.line(this.#carry, 0, this.#carry.length);
    this.#carry = Buffer.alloc(0);
    this.#discarding = false;
  }

  /** Completes the line begun in earlier chunks; returns where the next one starts. */
  #finishCarried(chunk: Buffer): number {
    const end = chunk.indexOf(newline);
    if (end < 0) return 0;
    if (!this.#discarding) {
      const line = Buffer.concat([this.#carry, chunk.subarray(0, end)]);
      this.#emit(line, 0, line.length);
    }
    this.#carry = Buffer.alloc(0);
    this.#discarding = false;
    return end + 1;
  }

  /** Lines that end within bytes[start, end). Uninteresting ones are jumped over by one search for the next `#`. */
  #whole(bytes: Buffer, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (this.#sink.skipping && bytes[at] !== 0x23) {
        const comment = bytes.indexOf('\n#', at, 'latin1');
        if (comment < 0 || comment + 1 >= end) return;
        at = comment + 1;
      }
      const lineEnd = bytes.indexOf(newline, at);
      this.#emit(bytes, at, lineEnd);
      at = lineEnd + 1;
    }
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    if (end - start > lineBytes) this.#sink.overlong();
    else this.#sink.line(bytes, start, end);
  }

  #keep(chunk: Buffer, start: number): void {
    if (this.#discarding || start === chunk.length) return;
    // A chunk may be a view of a reused buffer, so the rest is copied.
    this.#carry = Buffer.concat([this.#carry, chunk.subarray(start)]);
    if (this.#carry.length <= lineBytes) return;
    this.#carry = Buffer.alloc(0);
    this.#discarding = true;
    this.#sink.overlong();
  }
}
