import type { TopRow } from './rows.ts';

const unknown = '–';
const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Three digits of a size: 98 B, 1.5 KiB, 312 MiB. */
export function bytes(value: number | null): string {
  if (value === null) return unknown;
  let [size, unit] = [value, 0];
  while (size >= 999.5 && unit < byteUnits.length - 1) [size, unit] = [size / 1024, unit + 1];
  const decimals = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${size.toFixed(decimals)} ${byteUnits[unit] ?? ''}`;
}

/** Cores to a thousandth: 0.125. */
export function cores(value: number | null): string {
  return value === null ? unknown : value.toFixed(3);
}

/** 0.125 is 12.5 %. */
export function percent(value: number | null): string {
  return value === null ? unknown : `${(value * 100).toFixed(1)} %`;
}

function pair(one: string, other: string): string {
  return one === unknown && other === unknown ? unknown : `${one} / ${other}`;
}

interface Column {
  readonly title: string;
  readonly isText?: boolean;
  readonly of: (row: TopRow) => string;
}

const columns: readonly Column[] = [
  { title: 'NAME', isText: true, of: ({ name }) => printable(name) },
  { title: 'CORES', of: ({ cpuCores }) => cores(cpuCores) },
  { title: 'CPU %', of: ({ cpuRatio }) => percent(cpuRatio) },
  {
    title: 'MEMORY / LIMIT',
    of: ({ memoryBytes, memoryLimitBytes }) => pair(bytes(memoryBytes), bytes(memoryLimitBytes)),
  },
  { title: 'MEM %', of: ({ memoryRatio }) => percent(memoryRatio) },
  {
    title: 'NET IN / OUT PER S',
    of: (row) => pair(bytes(row.networkReceivedBytesPerSecond), bytes(row.networkTransmittedBytesPerSecond)),
  },
  {
    title: 'DISK READ / WRITTEN PER S',
    of: (row) => pair(bytes(row.diskReadBytesPerSecond), bytes(row.diskWrittenBytesPerSecond)),
  },
  { title: 'NODE', isText: true, of: ({ node }) => printable(node) },
];

/** The table's lines, its head first, as wide as what stands in them. */
export function tableOf(rows: readonly TopRow[]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells.map((line) =>
    columns
      .map(({ isText = false }, index) => {
        const [cell, width] = [line[index] ?? '', widths[index] ?? 0];
        return isText ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('   ')
      .trimEnd(),
  );
}

/** Names come from elsewhere: what would steer the terminal is not passed on. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?');
}
