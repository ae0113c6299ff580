/**
 * Runs each contender `runs` times, in turn, so that what else the machine does falls on all of them; who begins
 * changes from run to run.
 * @returns what each gave, one value a run.
 */
export async function interleaved<Name extends string, T>(
  runs: number,
  contenders: Readonly<Record<Name, (run: number) => Promise<T> | T>>,
  progress: (line: string) => void,
): Promise<Record<Name, T[]>> {
  const entries = Object.entries<(run: number) => Promise<T> | T>(contenders);
  const results = new Map<string, T[]>(entries.map(([name]) => [name, []]));
  for (let run = 0; run < runs; run++) {
    progress(`run ${run + 1} of ${runs}`);
    for (let turn = 0; turn < entries.length; turn++) {
      const [name, act] = entries[(run + turn) % entries.length] ?? [];
      if (name !== undefined && act !== undefined) results.get(name)?.push(await act(run));
    }
  }
  return Object.fromEntries(results) as Record<Name, T[]>;
}
