import { newTokenText, type TokenText } from '../access/read-tokens/token-text.ts';

const prefix = 'dsj_';
const shape = /^dsj_([0-9a-f]{16})_([\w-]{43})$/;

/** Whether a bearer token says of itself that it is a join token: it is good for joining alone. */
export function isJoinToken(bearer: string): boolean {
  return bearer.startsWith(prefix);
}

/** A new one: `dsj_`, a public id, and 256 random bits that only its holder knows. */
export function newJoinToken(): TokenText & { readonly text: string } {
  const { id, secret } = newTokenText();
  return { id, secret, text: `${prefix}${id}_${secret}` };
}

/** The parts of a token as it came, or undefined for what cannot be one. */
export function parseJoinToken(bearer: string): TokenText | undefined {
  const [, id, secret] = shape.exec(bearer) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
