/** Where to go after the login: a page of this console, whatever the link says. */
export function returnUrl(wanted: string | undefined): string {
  const inside = wanted !== undefined && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login');
  return inside ? wanted : '/';
}
