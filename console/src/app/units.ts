import { computed, signal } from '@angular/core';

/** The one place where quantities become words. Spaces between number and unit do not break. */
const space = '\u00a0';

/** What stands where a value is not known. */
export const unknown = '–';

/** How the person wants to read times and bytes; everything that is formatted follows. Set by the preferences. */
export const timeZone = signal<'local' | 'UTC'>('local');
export const byteBase = signal<'binary' | 'decimal'>('binary');

const byteUnits = {
  binary: { factor: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] },
  decimal: { factor: 1000, names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] },
} as const;

/** A unit of bytes and how many bytes it holds. */
export interface ByteUnit {
  readonly name: string;
  readonly bytes: number;
}

/** The unit in which the largest of some byte counts reads best: at least 1, below 1024 (1000 where decimal). */
export function byteUnit(largestBytes: number): ByteUnit {
  const { factor, names } = byteUnits[byteBase()];
  let index = 0;
  let bytes = 1;
  while (index < names.length - 1 && Math.abs(largestBytes) >= bytes * factor) {
    index += 1;
    bytes *= factor;
  }
  return { name: names[index] ?? 'PiB', bytes };
}

/** The unit of memory in tables, so that rows can be compared: MiB, or MB. */
export function tableUnit(): ByteUnit {
  return byteUnit(2 ** 20);
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

/** The unit in which the largest of some rates reads best: decimal, as networks and disks are sold. */
export function rateUnit(largestBytesPerSecond: number): { readonly name: string; readonly divisor: number } {
  const names = ['B/s', 'kB/s', 'MB/s', 'GB/s'];
  const power = Math.min(names.length - 1, Math.floor(Math.log10(Math.max(1, largestBytesPerSecond)) / 3));
  return { name: names[power] ?? '', divisor: 1000 ** power };
}

/** Bytes per second: "4.7 MB/s". */
export function formatRate(bytesPerSecond: number | null): string {
  if (bytesPerSecond === null) return unknown;
  const unit = rateUnit(bytesPerSecond);
  return `${short(bytesPerSecond / unit.divisor)}${space}${unit.name}`;
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

const formats = computed(() => {
  const zone = timeZone() === 'UTC' ? ({ timeZone: 'UTC' } as const) : {};
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { ...options, ...zone });
  return {
    clock: format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    minute: format({ hour: '2-digit', minute: '2-digit' }),
    day: format({ weekday: 'short', day: 'numeric' }),
    date: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    zone: format({ timeZoneName: 'short' }),
  };
});

/** A time of day in the reader's time zone: "08:02:10". */
export function formatClock(ms: number): string {
  return formats().clock.format(ms);
}

/** A time of day to the minute: "08:02". */
export function formatMinute(ms: number): string {
  return formats().minute.format(ms);
}

/** The day that starts at midnight, on axes: "Tue 24". */
export function formatDay(ms: number): string {
  return formats().day.format(ms);
}

/** A day with its month and year: "24 Nov 2026". */
export function formatDate(ms: number): string {
  return formats().date.format(ms);
}

/** A moment that may lie days back: the time alone today, else with its date. */
export function formatMoment(ms: number, nowMs: number): string {
  const { date } = formats();
  const sameDay = date.format(ms) === date.format(nowMs);
  return sameDay ? formatClock(ms) : `${date.format(ms)}, ${formatClock(ms)}`;
}

/** The reader's time zone, in short: "CET". */
export function timeZoneName(ms: number): string {
  return (
    formats()
      .zone.formatToParts(ms)
      .find((part) => part.type === 'timeZoneName')?.value ?? 'UTC'
  );
}

/** "1 node", "12 nodes". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
