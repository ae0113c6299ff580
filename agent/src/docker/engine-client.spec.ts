import { describe, expect, it } from '@jest/globals';
import { checkedPath } from './engine-client.ts';

const id = 'a'.repeat(64);

describe('what the engine is asked', () => {
  it.each(['/containers/json?all=true', `/containers/${id}/json`, '/events?since=7&filters=%7B%7D'])(
    'may be %s',
    (path) => {
      expect(checkedPath(path)).toBe(path);
    },
  );

  it.each([
    `/containers/${id}/top`,
    `/containers/${id}/logs`,
    `/containers/${id}/archive?path=/etc`,
    `/containers/${id}/json/../exec`,
    '/containers/web-1/json',
    '/containers/../secrets/json',
    '/images/json',
    '/containers/json',
    '/events?since=7&filters=%7B%7D&until=8',
  ])('is never %s', (path) => {
    expect(() => checkedPath(path)).toThrow('does not ask');
  });
});
