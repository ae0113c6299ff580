import type { RowDrops } from '../exposition/row-drops.ts';
import { objectOf } from '../json.ts';
import type { Problems } from '../problems.ts';
import { attempt } from '../source/attempt.ts';
import type { Gathered, Source } from '../source/source.ts';
import type { ScrapeTimes } from '../tick/scrape-times.ts';
import type { CadvisorClient } from './client.ts';
import { SampleReader } from './reader.ts';
import { pathsByRuntimeId, withSeconds } from './with-seconds.ts';

export interface SecondsSourceParts {
  /** What tells names, limits, states, networks and the node. */
  readonly kubelet: Source;
  readonly client: CadvisorClient;
  /** Of cAdvisor's part of one read, ms. */
  readonly timeoutMs: number;
  readonly problems: Problems;
  readonly drops: RowDrops;
  readonly times: ScrapeTimes;
}

/**
 * A node of Kubernetes with a cAdvisor beside the agent: each second of each container from it, all else from the
 * kubelet. While it does not answer, the kubelet's samples stand for themselves.
 */
export class SecondsSource implements Source {
  readonly #parts: SecondsSourceParts;
  readonly #reader: SampleReader;

  constructor(parts: SecondsSourceParts) {
    this.#parts = parts;
    this.#reader = new SampleReader(parts);
  }

  open(): Promise<void> {
    return this.#parts.kubelet.open();
  }

  async gather(tickMs: number): Promise<Gathered | undefined> {
    const { kubelet, client, timeoutMs } = this.#parts;
    const startedMs = performance.now();
    const gathered = await kubelet.gather(tickMs);
    if (gathered === undefined) return undefined;
    const signal = AbortSignal.timeout(timeoutMs);
    const page = await attempt(this.#parts, '/api/v2.0/spec', () => client.specs(signal));
    if (page === undefined) return gathered;
    const pathOf = pathsByRuntimeId(Object.keys(objectOf(page)));
    const paths = gathered.block.entities.flatMap(({ runtimeId }) => pathOf.get(runtimeId) ?? []);
    const { tickTimes, placed } = await this.#reader.read(
      paths,
      { tickMs, agoMs: performance.now() - startedMs },
      signal,
    );
    return withSeconds(gathered, tickTimes, placed, pathOf);
  }

  close(): void {
    this.#parts.client.close();
    this.#parts.kubelet.close();
  }
}
