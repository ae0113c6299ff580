import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { remember, remembered } from './browser-storage.ts';

describe('what the browser remembers', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  it('can be read, replaced and forgotten', () => {
    expect(remembered('a')).toBeNull();
    remember('a', '1');
    remember('a', '2');
    expect(remembered('a')).toBe('2');
    remember('a', null);
    expect(remembered('a')).toBeNull();
  });

  it('is unknown, and no error, where the browser forbids it', () => {
    const forbid = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(forbid);
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(forbid);
    remember('a', '1');
    expect(remembered('a')).toBeUndefined();
  });
});
