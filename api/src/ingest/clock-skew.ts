/** Differences up to this are the network's and the scheduler's, not the clock's. */
export const toleratedSkewMs = 30_000;
/** A skew that is measured within this of the known one is the known one: ticks keep their distances. */
const steadyMs = 10_000;

/** By how many ms a sender's clock is ahead of ours; 0 when within tolerance. */
export function skewOf(sentAtMs: number, receivedMs: number, knownSkewMs: number): number {
  const measured = sentAtMs - receivedMs;
  if (Math.abs(measured) <= toleratedSkewMs) return 0;
  return knownSkewMs !== 0 && Math.abs(measured - knownSkewMs) <= steadyMs ? knownSkewMs : measured;
}
