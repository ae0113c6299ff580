const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What would be rounded to 1024 of a unit is one of the next. */
const roundedUp = 1.0005;
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes in the unit that reads best: `512 MiB`, `3.1 MiB`. */
export function bytesWords(bytes: number): string {
  const power = Math.max(
    0,
    Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(bytes) * roundedUp)) / 10)),
  );
  return `${short(bytes / 1024 ** power)} ${units[power] ?? 'B'}`;
}

/** Bytes over time, per minute where that is a mebibyte or more, else per hour or day. */
export function growthWords(bytesPerMs: number): string {
  // What is about a mebibyte is one.
  const mebi = 0.95 * 1024 * 1024;
  if (bytesPerMs * minuteMs >= mebi) return `${bytesWords(bytesPerMs * minuteMs)}/min`;
  if (bytesPerMs * hourMs >= mebi) return `${bytesWords(bytesPerMs * hourMs)}/h`;
  return `${bytesWords(bytesPerMs * dayMs)} a day`;
}

/** How long something lasts, in its largest unit: `40 s`, `12 min`, `2.5 h`, `3 days`. */
export function durationWords(ms: number): string {
  if (ms < minuteMs) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (ms < 2 * hourMs) return `${Math.round(ms / minuteMs)} min`;
  if (ms < 2 * dayMs) return `${short(Math.round(ms / hourMs))} h`;
  return `${Math.round(ms / dayMs)} days`;
}

export function shareWords(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function coresWords(cores: number): string {
  return `${short(cores)} ${cores === 1 ? 'core' : 'cores'}`;
}

export function timesWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** Three figures at most, without zeros that say nothing. */
function short(value: number): string {
  return value.toLocaleString('en-US', {
    useGrouping: false,
    ...(Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: value < 1 ? 2 : 3 }),
  });
}
