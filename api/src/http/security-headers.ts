const hsts = 'max-age=31536000';
/** Answers for programs hold nothing that a browser should run or frame. */
const closed = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** The interactive documentation brings its own scripts, and styles written into the page. */
const documentation =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Headers of every answer; a page that sets its own Content-Security-Policy keeps it. */
export function securityHeaders(path: string, https: boolean): Readonly<Record<string, string>> {
  const isDocumentation = path === '/api/docs' || path.startsWith('/api/docs/');
  return {
    // Answers are for whoever asked; what may be kept says so itself.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': isDocumentation ? documentation : closed,
    ...(https ? { 'strict-transport-security': hsts } : {}),
  };
}
