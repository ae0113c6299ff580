const firstMs = 1000;
const mostMs = 60_000;
/** A server that asks for more is asked again after this. */
const longestRetryAfterMs = 300_000;

/**
 * How long to wait after the n-th failure in a row (n from 1): full jitter over 1, 2, 4 ... 60 s, so that agents which
 * failed together do not come back together; never less than the server asked for.
 */
export function backoffMs(failures: number, random: () => number, retryAfterMs = 0): number {
  const jittered = random() * Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return Math.round(Math.min(retryAfterMs, longestRetryAfterMs) + jittered);
}
