import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Zstd } from '@docksnap/contract/codec';

/** The codec's compression by node:zlib. Level 3: higher ones save little on columns of small integers. */
export const zstd: Zstd = {
  compress: (raw) => zstdCompressSync(raw, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  decompress: (frame, maxBytes) =>
    zstdDecompressSync(frame, { maxOutputLength: maxBytes, params: { [constants.ZSTD_d_windowLogMax]: 24 } }),
};
