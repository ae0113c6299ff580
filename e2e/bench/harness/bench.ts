/** What a value is counted in. Times are reported and never decide: they say as much about the machine. */
export type Unit = 'B/sample' | 'bytes' | 'count' | 'ms' | 'µs' | 'samples/s' | '×';

/** A bound on what was measured, or on its ratio to the peer's. */
export interface Goal {
  readonly kind: 'at most' | 'at least';
  /** `ratio`: ours ÷ the peer's. */
  readonly of: 'value' | 'ratio';
  readonly bound: number;
}

/** One line of a bench's table. Values are one a run, in the order of the runs, which were interleaved. */
export interface Row {
  /** What was measured, as the table says it. */
  readonly what: string;
  readonly unit: Unit;
  readonly ours: readonly number[];
  readonly peer?: { readonly name: string; readonly values: readonly number[] };
  readonly goal?: Goal;
}

/** What a bench is given. */
export interface BenchContext {
  /** How often each contender is run; at least 5 for figures that are quoted. */
  readonly runs: number;
  /** An empty folder that is removed afterwards. */
  readonly folder: string;
  /** Says how far it is, in a line. */
  progress(line: string): void;
}

/** Something that is measured side by side with its peers. */
export interface Bench {
  readonly name: string;
  /** What it measures, in a line. */
  readonly title: string;
  /** On two idle cores, peers built. */
  readonly expectedMinutes: number;
  /** @throws when the contenders' answers do not agree, or one cannot be run. */
  run(context: BenchContext): Promise<readonly Row[]>;
}
