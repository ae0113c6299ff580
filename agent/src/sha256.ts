import { createHash } from 'node:crypto';
import type { Sha256 } from '@docksnap/contract/codec';

/** The codec's hash by node:crypto. */
export const sha256: Sha256 = (content) => createHash('sha256').update(content).digest('hex');
