import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Zstd } from '../ports.ts';

/** The codec's zstd over node:zlib, as agent and api have it. */
export const nodeZstd: Zstd = {
  compress: (raw) => zstdCompressSync(raw, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  decompress: (frame, maxBytes) =>
    zstdDecompressSync(frame, { maxOutputLength: maxBytes, params: { [constants.ZSTD_d_windowLogMax]: 24 } }),
};
