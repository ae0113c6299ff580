import type { IncomingHttpHeaders } from 'node:http';

const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method may change something, so that another site's page must not be able to send it. */
export function changes(method: string): boolean {
  return !harmless.has(method);
}

/**
 * Whether a request that changes something comes from our own pages: Origin is the address that was called (or one
 * that the admin named), and where the browser says Sec-Fetch-Site, it says same-origin. Every browser sends Origin
 * with a POST; programs such as curl send neither, and carry no person's cookie unless that person gave it to them.
 * A sibling subdomain is another origin.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, https: boolean, publicOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  const named = origin !== undefined && publicOrigins.includes(origin);
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !named) return false;
  return origin === undefined || named || origin === `${https ? 'https' : 'http'}://${host ?? ''}`;
}
