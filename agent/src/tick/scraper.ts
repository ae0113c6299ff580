import { boundedText } from '../bounded-json.ts';
import type { PagePath } from '../exposition/families.ts';
import type { MetricGroup } from '../exposition/metric-groups.ts';
import { Page } from '../exposition/page.ts';
import type { Reading } from '../exposition/reading.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import { KubeletError } from '../kubelet/kubelet-error.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import type { NamespaceFilter, PodList } from '../pods/pod-list.ts';
import { parsePodList } from '../pods/pod-list.ts';
import type { Problems } from '../problems.ts';
import type { ScrapeTimes } from './scrape-times.ts';

/** What may arrive for /pods: a parsed list takes some times its text. */
const podListBytes = 16 * 1024 * 1024;

export interface ScraperParts {
  readonly kubelet: Pick<Kubelet, 'read'>;
  readonly problems: Problems;
  readonly drops: RowDrops;
  readonly times: ScrapeTimes;
  readonly namespaces: NamespaceFilter;
  readonly metricGroups: ReadonlySet<MetricGroup>;
}

/** Reads the kubelet's pages. A page that cannot be read is a problem and no exception: the others are still read. */
export class Scraper {
  readonly #parts: ScraperParts;
  readonly #pages: Readonly<Record<PagePath, Page>>;

  constructor(parts: ScraperParts) {
    this.#parts = parts;
    this.#pages = {
      '/metrics/resource': new Page('/metrics/resource', parts.drops, parts.metricGroups),
      '/metrics/cadvisor': new Page('/metrics/cadvisor', parts.drops, parts.metricGroups),
    };
  }

  /** Facts of the machine, from the last big page that had them. */
  get facts(): Page['facts'] {
    return this.#pages['/metrics/cadvisor'].facts;
  }

  /** The page's readings, or undefined when it could not be read. */
  readPage(path: PagePath): Promise<readonly Reading[] | undefined> {
    const page = this.#pages[path];
    return this.#attempt(path, async () => {
      page.start();
      await this.#parts.kubelet.read(path, (chunk) => {
        page.push(chunk);
      });
      const readings = page.finish();
      if (readings === undefined) {
        throw new KubeletError(
          'KubeletPageInvalid',
          `the kubelet's ${path} has none of the metrics that it should have`,
        );
      }
      return readings;
    });
  }

  /** The pods that the kubelet runs, or undefined when they could not be read. */
  readPods(): Promise<PodList | undefined> {
    return this.#attempt('/pods', async () => {
      const chunks: Buffer[] = [];
      await this.#parts.kubelet.read('/pods', (chunk) => chunks.push(Buffer.from(chunk)), podListBytes);
      try {
        return parsePodList(boundedText(Buffer.concat(chunks)), this.#parts.namespaces);
      } catch (error) {
        throw new KubeletError('KubeletPageInvalid', `the kubelet's /pods is no pod list: ${String(error)}`);
      }
    });
  }

  async #attempt<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
    const { problems, times } = this.#parts;
    const started = performance.now();
    try {
      const result = await read();
      problems.clear(path);
      times.observe(path, performance.now() - started, true);
      return result;
    } catch (error) {
      if (!(error instanceof KubeletError)) throw error;
      problems.set(path, error.reason, error.message);
      times.observe(path, performance.now() - started, false);
      return undefined;
    }
  }
}
