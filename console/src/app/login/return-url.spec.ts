import { describe, expect, it } from '@jest/globals';
import { returnUrl } from './return-url.ts';

describe('returnUrl', () => {
  it.each([
    ['a page with its query', '/containers?q=api', '/containers?q=api'],
    ['nothing', undefined, '/'],
    ['another site', 'https://example.org/', '/'],
    ['another site without a scheme', '//example.org/', '/'],
    ['another site with a backslash', '/\\example.org/', '/'],
    ['a script', 'javascript:alert(1)', '/'],
    ['the login itself', '/login?return=/', '/'],
  ])('goes home or back: %s', (_sentence, wanted, expected) => {
    expect(returnUrl(wanted)).toBe(expected);
  });
});
