const dayMs = 24 * 3_600_000;
/** Logs are in parts after minutes, or hours when a replica died; then nothing stored names a roster any more. */
const daysKept = 2;
/** How far back collections are looked for that nobody dropped, because nobody ran. */
const daysTidied = 30;

/** Whole days since 1970. */
export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / dayMs);
}

/** Today's rosters are kept, and those of the days since this one. */
export function firstKeptDay(today: number): number {
  return today - daysKept;
}

/**
 * The days whose rosters may go: a day more is left alone, for another replica's clock may be behind.
 */
export function staleDays(today: number): readonly number[] {
  return Array.from({ length: daysTidied }, (_, i) => firstKeptDay(today) - 2 - i);
}
