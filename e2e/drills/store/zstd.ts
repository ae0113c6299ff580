import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Zstd } from '@docksnap/contract/codec';

/** The codec's compression by node:zlib. */
export const zstd: Zstd = {
  compress: (raw) => zstdCompressSync(raw),
  decompress: (frame, maxBytes) => zstdDecompressSync(frame, { maxOutputLength: maxBytes }),
};
