const firstMs = 1000;
const longestMs = 30_000;

/**
 * How long to wait before the next try, in ms: doubled with each failure up to 30 s, and spread over its upper half so
 * that pages do not all come back at once. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  return full / 2 + (full / 2) * random;
}
