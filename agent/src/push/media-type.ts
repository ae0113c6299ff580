import type { pushMediaType as contractMediaType } from '@docksnap/contract';

/** The contract's media type. The compiler compares it, so that the contract's schemas stay out of the bundle. */
export const pushMediaType: typeof contractMediaType = 'application/vnd.docksnap.push';
