import { describe, expect, it } from '@jest/globals';
import { changes, isOwnOrigin } from './origin.ts';

const host = 'docksnap.example';
const publicOrigins = ['https://monitoring.example'];

describe('isOwnOrigin', () => {
  it.each([
    ['our own page', { origin: 'https://docksnap.example', 'sec-fetch-site': 'same-origin' }, true],
    ['our own page in a browser without Sec-Fetch-Site', { origin: 'https://docksnap.example' }, true],
    ['a program that sends neither', {}, true],
    [
      'an origin that the admin named, behind a proxy',
      { origin: 'https://monitoring.example', 'sec-fetch-site': 'cross-site' },
      true,
    ],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['a sibling subdomain', { origin: 'https://blog.docksnap.example', 'sec-fetch-site': 'same-site' }, false],
    ['a sibling subdomain that hides its Origin', { 'sec-fetch-site': 'same-site' }, false],
    ['the same name over http', { origin: 'http://docksnap.example' }, false],
    ['the same name on another port', { origin: 'https://docksnap.example:444' }, false],
    ['an opaque origin, as of a sandboxed frame', { origin: 'null' }, false],
    ['a name that ours is the beginning of', { origin: 'https://docksnap.example.evil.example' }, false],
  ])('%s', (_sentence, headers, own) => {
    expect(isOwnOrigin({ host, ...headers }, true, publicOrigins)).toBe(own);
  });

  it('goes by the scheme that was spoken', () => {
    expect(isOwnOrigin({ host: 'localhost:8080', origin: 'http://localhost:8080' }, false, [])).toBe(true);
  });
});

describe('changes', () => {
  it('holds for every method but those that read', () => {
    expect(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(changes)).toEqual([
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
    ]);
  });
});
