import { randomBytes } from 'node:crypto';

/** What the console's build leaves where a nonce belongs: Angular's root, whose styles carry it, scripts and styles. */
const place = '__CSP_NONCE__';

/** A console page that is not built into this folder is missing for a reason that an admin can act on. */
export const missingConsole =
  'The console is not part of this build: its files are missing. The API itself works, see /api/docs.\n';

/** The page with a nonce of its own for this one answer, and the policy that allows what the page needs and no more. */
export function withNonce(page: string): { readonly html: string; readonly policy: string } {
  const nonce = randomBytes(16).toString('base64');
  const html = page.replaceAll(place, nonce);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // No text becomes HTML or script, but by Angular's own constants and the console's rule for the empty text.
    "require-trusted-types-for 'script'",
    'trusted-types angular default',
  ].join('; ');
  return { html, policy };
}
