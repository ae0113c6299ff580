import { describe, expect, it } from '@jest/globals';
import { newPassword } from './admin-password.ts';
import { hashPassword, isPassword } from './password-hash.ts';

describe('hashPassword', () => {
  it('names its algorithm and cost, and another salt each time', async () => {
    const [one, other] = [await hashPassword('secret'), await hashPassword('secret')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(other).not.toBe(one);
  });
});

describe('isPassword', () => {
  it('knows the password again, and no other', async () => {
    const hash = await hashPassword('grüße, 世界');
    expect(await isPassword('grüße, 世界', hash)).toBe(true);
    expect(await isPassword('grüsse, 世界', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  // The argon2 reference implementation, `argon2 somesalt -id -t 2 -k 256 -p 1` and `-p 2`, password "password".
  it.each([
    ['$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
    ['$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
  ])('takes the cost from the hash: %s', async (hash) => {
    expect(await isPassword('password', hash)).toBe(true);
  });

  it.each(['', 'secret', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65', '$2b$12$abcdef'])(
    'takes %j for no hash at all, rather than for a wrong password',
    async (text) => {
      await expect(isPassword('secret', text)).rejects.toThrow('not an argon2id PHC string');
    },
  );
});

describe('newPassword', () => {
  it('is random, and can be read aloud', () => {
    const passwords = new Set(Array.from({ length: 100 }, () => newPassword()));
    expect(passwords.size).toBe(100);
    for (const password of passwords) expect(password).toMatch(/^([a-km-np-z2-9]{4}-){6}[a-km-np-z2-9]{4}$/);
  });
});
