import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A read token in its parts: `dsr_`, a public id, and 256 random bits that only its holder knows. */
export interface TokenText {
  readonly id: string;
  readonly secret: string;
}

const prefix = 'dsr_';
const shape = /^dsr_([0-9a-f]{16})_([\w-]{43})$/;

/** Whether a bearer token says of itself that it is a read token, good or not: nobody else is asked about it. */
export function isReadToken(bearer: string): boolean {
  return bearer.startsWith(prefix);
}

export function newTokenText(): TokenText {
  return { id: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

export function written({ id, secret }: TokenText): string {
  return `${prefix}${id}_${secret}`;
}

/** The parts of a token as it came, or undefined for what cannot be one. */
export function parseTokenText(bearer: string): TokenText | undefined {
  const [, id, secret] = shape.exec(bearer) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** What is stored of a secret. It is random, so a plain hash cannot be guessed back: 64 hex digits of SHA-256. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether a secret is the one that a hash was made of, in a time that tells nothing. */
export function isSecret(secret: string, hash: string): boolean {
  const [given, wanted] = [Buffer.from(hashOf(secret), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
