export { decodeBlock, decodeBlockHeader } from './decode.ts';
export { encodeBlock } from './encode.ts';
export { BlockError } from './block-error.ts';
export type { BlockErrorCode } from './block-error.ts';
export { decodePush, encodePush } from './push-format.ts';
export { canonicalJson, descriptionHash } from './description-hash.ts';
export type { Zstd, Sha256 } from './ports.ts';
