/** Compression, given by the caller so that the codec stays free of I/O and runs anywhere. */
export interface Zstd {
  compress(raw: Uint8Array): Uint8Array;
  /**
   * Throws if the frame is broken or would grow beyond maxBytes (at least 1); never allocates more than that. A frame
   * names its window too, up to 128 MiB by default: node:zlib must be held to 16 MiB by ZSTD_d_windowLogMax 24.
   */
  decompress(frame: Uint8Array, maxBytes: number): Uint8Array;
}

/** SHA-256 of bytes, or of text as UTF-8, as 64 hex digits. */
export type Sha256 = (content: string | Uint8Array) => string;
