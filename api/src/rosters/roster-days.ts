const dayMs = 24 * 3_600_000;
/** For so long agents may name a roster before they are asked for it again: a log names none that is older. */
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

/** Where the rosters lie that a log of that day can name: a day more at both ends, for clocks of replicas differ. */
export function daysNamedAt(day: number): readonly number[] {
  return Array.from({ length: daysKept + 3 }, (_, i) => day + 1 - i);
}

/** The days whose rosters may go when the oldest log is of this day. */
export function staleDays(oldestLog: number): readonly number[] {
  const lastNamed = Math.min(...daysNamedAt(oldestLog));
  return Array.from({ length: daysTidied }, (_, i) => lastNamed - 1 - i);
}
