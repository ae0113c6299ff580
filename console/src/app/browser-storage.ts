/** What this browser remembers under a key; null for nothing, undefined where remembering is forbidden. */
export function remembered(key: string): string | null | undefined {
  try {
    return localStorage.getItem(key);
  } catch {
    // A browser can forbid storage to a site; everything works without.
    return undefined;
  }
}

/** Remembers a value, or with null forgets it; where that is forbidden, nothing happens. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
