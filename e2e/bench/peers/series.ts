/** One series as peers are fed it: whole numbers at times in unix ms, ascending. */
export interface PeerSeries {
  /** With `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
}

/** All samples of these series. */
export function sampleCount(series: readonly PeerSeries[]): number {
  return series.reduce((sum, { values }) => sum + values.length, 0);
}
