import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, isReadToken, isSecret, newTokenText, parseTokenText, written } from './token-text.ts';

describe('the text of a read token', () => {
  it('is read as it was written, and differs each time', () => {
    const texts = Array.from({ length: 100 }, () => newTokenText());
    for (const text of texts) expect(parseTokenText(written(text))).toEqual(text);
    expect(new Set(texts.map(({ secret }) => secret)).size).toBe(100);
  });

  it('holds 256 random bits besides its id', () => {
    expect(Buffer.from(newTokenText().secret, 'base64url')).toHaveLength(32);
  });

  it('is the only one that its hash knows', () => {
    const { secret } = newTokenText();
    expect(isSecret(secret, hashOf(secret))).toBe(true);
    expect(isSecret(newTokenText().secret, hashOf(secret))).toBe(false);
    expect(isSecret(secret, '')).toBe(false);
  });

  it('is nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseTokenText(text)).toBeUndefined();
        expect(parseTokenText(`dsr_${text}`)).toBeUndefined();
        expect(isReadToken(`dsr_${text}`)).toBe(true);
      }),
    );
  });
});
