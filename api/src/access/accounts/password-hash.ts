import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * OWASP's first choice for argon2id, in KiB, passes and lanes (Password Storage Cheat Sheet). A stored hash names its
 * own, so that these may be raised.
 */
const chosen = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltBytes = 16;
const hashBytes = 32;

const argon2id = promisify(argon2);

/** A password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64 without padding. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const hash = await argon2id('argon2id', { message: password, nonce, tagLength: hashBytes, ...chosen });
  const cost = `m=${chosen.memory},t=${chosen.passes},p=${chosen.parallelism}`;
  return `$argon2id$v=19$${cost}$${unpadded(nonce)}$${unpadded(hash)}`;
}

/** Whether a password is the one of a hash. Takes as long whatever the answer. Throws on a string that is no hash. */
export async function isPassword(password: string, phc: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('a stored password hash is not an argon2id PHC string');
  const expected = Buffer.from(hash, 'base64');
  const found = await argon2id('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(found, expected);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
