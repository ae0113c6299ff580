import { randomBytes } from 'node:crypto';

/** Where the local admin's first password lies for the person who installed DockSnap. */
export abstract class AdminPassword {
  /** The first password; made (see newPassword) and put there when there is none yet. */
  abstract first(): Promise<string>;
}

/** 32 characters, without l, o, 0 and 1, which are easily misread. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 140 random bits in groups that can be read aloud. */
export function newPassword(): string {
  const characters = Array.from(randomBytes(28), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}
