import type { RowDrops } from '../exposition/row-drops.ts';
import type { Problems } from '../problems.ts';
import { ReadError } from '../source/read-error.ts';
import type { CadvisorClient } from './client.ts';
import type { CgroupSample } from './samples-of.ts';
import { samplesOf } from './samples-of.ts';
import { housekeepingMs, keptTicks, TickGrid, ticksOf } from './tick-grid.ts';

/** Cgroups that are read at the same time. */
const concurrency = 4;
/** Asked for beyond the seconds since the last read: what came late, or closer than a second. */
const spareSamples = 5;
/** cAdvisor and this agent share a clock; a sample from further ahead is wrong. */
const aheadMs = 60_000;
/** A sample older than this is no late one. */
const behindMs = 15 * 60_000;

/** The samples of one cgroup by the ticks of a read. */
export type Placed = readonly (CgroupSample | undefined)[];

export interface ReaderParts {
  readonly client: Pick<CadvisorClient, 'samples'>;
  readonly problems: Problems;
  readonly drops: RowDrops;
}

/** Reads every sample of each cgroup once: those that are newer than the newest one taken before. */
export class SampleReader {
  readonly #parts: ReaderParts;
  readonly #grid = new TickGrid();
  /** Newest sample taken, unix ms, by the cgroup's path. */
  #taken = new Map<string, number>();

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /**
   * What is new of these cgroups up to tickMs, which is so long ago, ms: samples came since, and the newest are asked
   * for. One that cannot be read is left out, and is a problem unless it has just ended.
   */
  async read(
    paths: readonly string[],
    { tickMs, agoMs }: { readonly tickMs: number; readonly agoMs: number },
    signal: AbortSignal,
  ): Promise<{ readonly tickTimes: readonly number[]; readonly placed: ReadonlyMap<string, Placed> }> {
    const { tickTimes, isReset } = this.#grid.next(tickMs);
    const known = isReset ? new Map<string, number>() : this.#taken;
    this.#taken = new Map(paths.flatMap((path) => (known.has(path) ? [[path, known.get(path) ?? 0]] : [])));
    const spare = spareSamples + Math.ceil(agoMs / housekeepingMs);
    const count = Math.min(tickTimes.length + spare, keptTicks);
    const placed = new Map<string, Placed>();
    const failures: ReadError[] = [];
    const left = [...paths];
    const work = async (): Promise<void> => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        try {
          placed.set(path, await this.#readOne(path, { tickTimes, count }, signal));
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
          if (error.status === undefined) failures.push(error);
          // Nothing more is answered in time.
          if (signal.aborted) return;
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    this.#tell(failures);
    return { tickTimes, placed };
  }

  async #readOne(
    path: string,
    { tickTimes, count }: { readonly tickTimes: readonly number[]; readonly count: number },
    signal: AbortSignal,
  ): Promise<Placed> {
    const page = await this.#parts.client.samples(path, count, signal);
    const [firstMs = 0, lastMs = 0] = [tickTimes[0], tickTimes.at(-1)];
    const window = {
      afterMs: this.#taken.get(path) ?? firstMs - housekeepingMs,
      oldestMs: lastMs - behindMs,
      newestMs: lastMs + aheadMs,
      node: path === '/',
    };
    const samples = samplesOf(page, window, this.#parts.drops);
    const places = ticksOf(
      samples.map(({ sampleMs }) => sampleMs),
      tickTimes,
    );
    const row = tickTimes.map((): CgroupSample | undefined => undefined);
    for (const [index, sample] of samples.entries()) {
      const tick = places[index] ?? -1;
      if (tick < 0) break;
      row[tick] = sample;
      this.#taken.set(path, sample.sampleMs);
    }
    return row;
  }

  #tell(failures: readonly ReadError[]): void {
    const [first] = failures;
    if (first === undefined) this.#parts.problems.clear('cadvisor samples');
    else
      this.#parts.problems.set('cadvisor samples', first.reason, `${first.message}, and ${failures.length - 1} more`);
  }
}
