/** The one place where quantities become words. Spaces between number and unit do not break. */
const space = '\u00a0';

/** What stands where a value is not known. */
export const unknown = '–';

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A binary unit of bytes and how many bytes it holds. */
export interface ByteUnit {
  readonly name: (typeof byteUnits)[number];
  readonly bytes: number;
}

/** The unit in which the largest of some byte counts reads best: at least 1, below 1024. */
export function byteUnit(largestBytes: number): ByteUnit {
  let index = 0;
  let bytes = 1;
  while (index < byteUnits.length - 1 && Math.abs(largestBytes) >= bytes * 1024) {
    index += 1;
    bytes *= 1024;
  }
  return { name: byteUnits[index] ?? 'PiB', bytes };
}

function fixed(value: number, decimals: number): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
  });
}

/** Three figures or all before the point, without zeros that say nothing: 1023, 512, 1.5, 0.25. */
function short(value: number): string {
  if (Math.abs(value) >= 100) return fixed(value, 0);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3, useGrouping: false });
}

/** Cores with equal decimals, for columns: 0.87. The unit stands in the column's head. */
export function coresNumber(cores: number | null, decimals = 2): string {
  return cores === null ? unknown : fixed(cores, decimals);
}

/** Cores in a sentence: "0.5 cores", "1 core". */
export function formatCores(cores: number | null): string {
  if (cores === null) return unknown;
  return `${short(cores)}${space}${cores === 1 ? 'core' : 'cores'}`;
}

/** Bytes in a given unit with equal decimals, for columns and axes. */
export function bytesNumber(bytes: number | null, unit: ByteUnit, decimals = unit.bytes > 2 ** 20 ? 1 : 0): string {
  return bytes === null ? unknown : fixed(bytes / unit.bytes, decimals);
}

/** Bytes in their own best unit: "512 MiB". */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return unknown;
  const unit = byteUnit(bytes);
  return `${short(bytes / unit.bytes)}${space}${unit.name}`;
}

/** Bytes per second, decimal as networks and disks are sold: "4.7 MB/s". */
export function formatRate(bytesPerSecond: number | null): string {
  if (bytesPerSecond === null) return unknown;
  const names = ['B/s', 'kB/s', 'MB/s', 'GB/s'];
  const power = Math.min(names.length - 1, Math.floor(Math.log10(Math.max(1, bytesPerSecond)) / 3));
  return `${short(bytesPerSecond / 1000 ** power)}${space}${names[power] ?? ''}`;
}

/** A share between 0 and 1: "11.8 %"; 0 stays "0". */
export function formatShare(ratio: number | null): string {
  if (ratio === null) return unknown;
  return ratio === 0 ? '0' : `${fixed(ratio * 100, 1)}${space}%`;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something lasts or lies back, in its largest unit, two where it matters: "12 s", "14 min", "2 h 5 min", "41 d". */
export function formatAge(ms: number): string {
  const age = Math.max(0, ms);
  if (age < minute) return `${Math.round(age / second)}${space}s`;
  if (age < hour) return `${Math.floor(age / minute)}${space}min`;
  if (age < day) {
    const minutes = Math.floor((age % hour) / minute);
    const hours = `${Math.floor(age / hour)}${space}h`;
    return minutes === 0 ? hours : `${hours} ${minutes}${space}min`;
  }
  return `${Math.floor(age / day)}${space}d`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' });
const fullDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });

/** A time of day in the reader's time zone: "08:02:10". */
export function formatClock(ms: number): string {
  return clock.format(ms);
}

/** A time of day to the minute: "08:02". */
export function formatMinute(ms: number): string {
  return shortClock.format(ms);
}

/** The day that starts at midnight, on axes: "Tue 24". */
export function formatDay(ms: number): string {
  return date.format(ms);
}

/** A moment that may lie days back: the time alone today, else with its date. */
export function formatMoment(ms: number, nowMs: number): string {
  const sameDay = fullDate.format(ms) === fullDate.format(nowMs);
  return sameDay ? formatClock(ms) : `${fullDate.format(ms)}, ${formatClock(ms)}`;
}

/** The reader's time zone, in short: "CET". */
export function timeZoneName(ms: number): string {
  return zone.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}

/** "1 node", "12 nodes". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
