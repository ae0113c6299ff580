import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';

/** Over plain http, which is bound to loopback alone, browsers refuse the prefix that asks for Secure. */
function nameFor(https: boolean): string {
  return https ? '__Host-docksnap' : 'docksnap';
}

/** Whether a request came over TLS. Proxies' headers are not believed. */
export function isHttps(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}

/** The session token that a request carries, or undefined. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[nameFor(isHttps(request))];
}

/** A Set-Cookie header that hands out a token; null takes it away. It ends with the browser, or on the server. */
export function sessionCookie(token: string | null, https: boolean): string {
  return stringifySetCookie({
    name: nameFor(https),
    value: token ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: https,
    ...(token === null ? { maxAge: 0 } : {}),
  });
}
