import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeDescription } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import type { Endpoint } from '../config.ts';
import type { Reading } from '../exposition/reading.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import { describeNode } from '../node/node-facts.ts';
import type { NamespaceFilter } from '../pods/pod-list.ts';
import { PodList } from '../pods/pod-list.ts';
import type { Gathered, Source } from '../source/source.ts';
import { assembleTick } from '../tick/assemble.ts';
import { DescriptionHashes } from '../tick/description-hashes.ts';
import type { Scraper } from '../tick/scraper.ts';
import { hasUnknownOwner, sortReadings } from '../tick/sort-readings.ts';
import { StartTimes } from '../tick/start-times.ts';
import type { Kubelet } from './kubelet.ts';
import type { TrustFile } from './trust-file.ts';

/** The pages show a container some moments before the kubelet's pod list tells its runtime id. */
const statusDelayMs = 1000;
const podListReads = 3;

export interface KubeletSourceParts {
  readonly kubelet: Pick<Kubelet, 'close'>;
  readonly trustFile: Pick<TrustFile, 'load'>;
  readonly nodeName: string;
  readonly endpoints: ReadonlySet<Endpoint>;
  readonly intervalMs: number;
  /** The big page and the pod list are read at each n-th tick. */
  readonly cadvisorEvery: number;
  readonly namespaces: NamespaceFilter;
  readonly scraper: Pick<Scraper, 'readPage' | 'readPods' | 'facts'>;
  readonly drops: RowDrops;
}

/** The kubelet's pages: reads what is due, and finds out by the pod list whose it is. */
export class KubeletSource implements Source {
  readonly #parts: KubeletSourceParts;
  readonly #hashes = new DescriptionHashes();
  readonly #startTimes = new StartTimes();
  #pods = new PodList([]);
  #node: NodeDescription;
  #ticksSinceBigPage = Infinity;
  #ticksSincePods = Infinity;

  constructor(parts: KubeletSourceParts) {
    this.#parts = parts;
    this.#node = this.#describeNode();
  }

  open(): Promise<void> {
    return this.#parts.trustFile.load();
  }

  /** One tick, or undefined when no page of metrics could be read. */
  async gather(tickMs: number): Promise<Gathered | undefined> {
    const { drops, namespaces, intervalMs } = this.#parts;
    const readings = await this.#readPages();
    if (readings === undefined) return undefined;
    await this.#readPodsIfDue(readings);
    const samples = sortReadings(readings, this.#pods, namespaces, { tickMs, drops });
    const moment = { tickMs, intervalMs, bigPageIntervalMs: this.#bigPageIntervalMs };
    const memory = { hashes: this.#hashes, startTimes: this.#startTimes, drops };
    return assembleTick(moment, this.#node, this.#pods, samples, memory);
  }

  close(): void {
    this.#parts.kubelet.close();
  }

  /** Readings of every page that is due and could be read; undefined when there is none. */
  async #readPages(): Promise<readonly Reading[] | undefined> {
    const { endpoints, scraper } = this.#parts;
    const small = endpoints.has('Resource') ? await scraper.readPage('/metrics/resource') : undefined;
    const big = this.#isBigPageDue() ? await scraper.readPage('/metrics/cadvisor') : undefined;
    this.#ticksSinceBigPage++;
    if (big !== undefined) {
      this.#ticksSinceBigPage = 1;
      this.#node = this.#describeNode();
    }
    return small === undefined && big === undefined ? undefined : [...(small ?? []), ...(big ?? [])];
  }

  get #bigPageIntervalMs(): number {
    const { endpoints, intervalMs, cadvisorEvery } = this.#parts;
    return endpoints.has('Resource') ? Math.min(intervalMs * cadvisorEvery, limits.intervalMaxMs) : intervalMs;
  }

  #isBigPageDue(): boolean {
    const { endpoints, cadvisorEvery } = this.#parts;
    if (!endpoints.has('CAdvisor')) return false;
    return !endpoints.has('Resource') || this.#ticksSinceBigPage >= cadvisorEvery;
  }

  async #readPodsIfDue(readings: readonly Reading[]): Promise<void> {
    const { scraper, cadvisorEvery, namespaces } = this.#parts;
    const isDue = this.#ticksSincePods >= cadvisorEvery || hasUnknownOwner(readings, this.#pods, namespaces);
    this.#ticksSincePods++;
    if (!isDue) return;
    const before = this.#pods;
    for (let read = 1; read <= podListReads; read++) {
      const pods = await scraper.readPods();
      // The list of the tick before is better than none.
      if (pods === undefined) return;
      this.#pods = pods.after(before);
      this.#ticksSincePods = 1;
      if (read === podListReads || !hasUnknownOwner(readings, this.#pods, namespaces)) return;
      await sleep(Math.min(statusDelayMs, this.#parts.intervalMs / 5));
    }
  }

  #describeNode(): NodeDescription {
    const { nodeName, scraper, endpoints } = this.#parts;
    return describeNode(nodeName, scraper.facts, endpoints.has('CAdvisor'));
  }
}
