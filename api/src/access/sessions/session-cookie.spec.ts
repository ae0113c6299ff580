import { describe, expect, it } from '@jest/globals';
import { sessionCookie } from './session-cookie.ts';

describe('sessionCookie', () => {
  it('over https has the prefix that binds it to this origin', () => {
    expect(sessionCookie('token', true)).toBe('__Host-docksnap=token; Path=/; HttpOnly; Secure; SameSite=Strict');
  });

  it('over plain http on loopback has a name without the prefix', () => {
    expect(sessionCookie('token', false)).toBe('docksnap=token; Path=/; HttpOnly; SameSite=Strict');
  });

  it('is taken away at once', () => {
    expect(sessionCookie(null, true)).toBe('__Host-docksnap=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict');
  });
});
