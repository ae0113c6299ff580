/** What the operator says of itself at one moment. */
export interface Figures {
  readonly residentBytes: number;
  readonly cpuSeconds: number;
  /** Reconciles so far by the bound of the bucket that they fell in or below, in seconds. */
  readonly reconcilesWithin: ReadonlyMap<number, number>;
}

/** Reads the operator's page of metrics. @throws when it lacks one of these */
export function figuresOf(page: string): Figures {
  const value = (name: string): number => {
    const [, text] = new RegExp(`^${name} (\\S+)$`, 'm').exec(page) ?? [];
    if (text === undefined) throw new Error(`the operator's metrics lack ${name}`);
    return Number(text);
  };
  const buckets = page.matchAll(/^controller_runtime_reconcile_time_seconds_bucket\{le="([^"]+)",[^}]*\} (\S+)$/gm);
  return {
    residentBytes: value('process_resident_memory_bytes'),
    cpuSeconds: value('process_cpu_seconds_total'),
    reconcilesWithin: new Map(
      [...buckets].map(([, le = '', count = '']) => [le === '+Inf' ? Infinity : Number(le), Number(count)]),
    ),
  };
}

/** The bound, in ms, below which 99 of 100 reconciles between two moments stayed; Infinity above the last bucket. */
export function p99Ms(before: Figures, after: Figures): number {
  const since = [...after.reconcilesWithin]
    .map(([bound, count]) => ({ bound, count: count - (before.reconcilesWithin.get(bound) ?? 0) }))
    .sort((a, b) => a.bound - b.bound);
  const all = since.at(-1)?.count ?? 0;
  return (since.find(({ count }) => count >= 0.99 * all)?.bound ?? Infinity) * 1000;
}
