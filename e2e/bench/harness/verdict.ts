import type { Row, Unit } from './bench.ts';

/** Units whose values depend on the format or the program and not on the machine's speed. */
const machineFree: ReadonlySet<Unit> = new Set<Unit>(['B/sample', 'bytes', 'count', '×']);

/** The middle value; the mean of the two middle ones of an even number. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** How far values lie apart: (largest − smallest) ÷ median, 0 for equal ones. */
export function spread(values: readonly number[]): number {
  const range = Math.max(...values) - Math.min(...values);
  return range === 0 ? 0 : range / median(values);
}

/** What became of one row. */
export interface Verdict {
  readonly value: number;
  readonly peer: number | undefined;
  /** Ours ÷ the peer's. */
  readonly ratio: number | undefined;
  readonly spread: number;
  /** Undefined without a goal, or without the peer that the goal speaks of. */
  readonly met: boolean | undefined;
  /** Whether the goal counts for the exit status: ratios, counts and bytes do, bare times do not. */
  readonly decides: boolean;
}

export function judge(row: Row): Verdict {
  const value = median(row.ours);
  const peer = row.peer === undefined ? undefined : median(row.peer.values);
  const ratio = peer === undefined ? undefined : value / peer;
  const judged = row.goal?.of === 'ratio' ? ratio : value;
  return {
    value,
    peer,
    ratio,
    spread: spread(row.ours),
    met: row.goal === undefined || judged === undefined ? undefined : holds(row.goal, judged),
    decides: row.goal !== undefined && (row.goal.of === 'ratio' || machineFree.has(row.unit)),
  };
}

function holds({ kind, bound }: NonNullable<Row['goal']>, value: number): boolean {
  // NaN holds nothing.
  return kind === 'at most' ? value <= bound : value >= bound;
}

/** Whether a row makes its bench fail. */
export function fails(row: Row): boolean {
  const { met, decides } = judge(row);
  return decides && met !== true;
}
