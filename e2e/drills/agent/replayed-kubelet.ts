import type { Server } from 'node:https';
import { createServer } from 'node:https';
import { cadvisorPage, pagesMs, podsPage, resourcePage } from '../../../agent/src/testing/pages.ts';
import type { Certificate } from '../../../agent/src/testing/certificates.ts';
import { close, listen } from '../../../agent/src/testing/kubelet-server.ts';

/** Cores that the node uses, and each container: what a rate must say. */
export const nodeCores = 0.5;
const containerCores = 0.01;
const dayMs = 86_400_000;

/**
 * A real kubelet's pages of one moment, over https, as if they were read now: sample times are shifted, CPU counters go
 * on, and the node's counter is never the same twice, by which a page is known wherever it is found.
 */
export class ReplayedKubelet {
  /** The machine's clock against the true one, in ms. */
  clockOffsetMs = 0;
  #turnedMs: number | undefined;
  /** Long enough ago that the counters of an earlier day are counters too. */
  #bootedMs = Date.now() - 2 * dayMs;
  /** Since the last boot, counters begin at 0. */
  #counterBase: 'recorded' | 'zero' = 'recorded';
  #server: Server | undefined;
  url = new URL('https://127.0.0.1');

  async start(certificate: Certificate): Promise<void> {
    this.#server = createServer({ ...certificate }, (request, response) => {
      response.end(this.page(request.url ?? ''));
    });
    this.url = await listen(this.#server, 'https');
  }

  async stop(): Promise<void> {
    if (this.#server !== undefined) await close(this.#server);
  }

  /** Pages are of that time, until it is turned on; undefined: of now. */
  turnTo(unixMs: number | undefined): void {
    this.#turnedMs = unixMs;
  }

  /** The machine boots: its counters begin anew. */
  reboot(): void {
    this.#bootedMs = Date.now();
    this.#counterBase = 'zero';
  }

  page(path: string): string {
    if (path === '/pods') return podsPage;
    return this.#asOfNow(path === '/metrics/resource' ? resourcePage : cadvisorPage);
  }

  #asOfNow(page: string): string {
    const nowMs = this.#turnedMs ?? Date.now();
    const runSeconds = (nowMs - this.#bootedMs) / 1000;
    const shiftMs = nowMs + this.clockOffsetMs - pagesMs;
    return page.replace(
      /^(\w+)(\{.*\})? (\S+) (\d{13})$/gm,
      (_line, name: string, labels = '', value: string, time: string) => {
        const cores = name === 'node_cpu_usage_seconds_total' ? nodeCores : containerCores;
        const base = this.#counterBase === 'zero' ? 0 : Number(value);
        const now = name.endsWith('cpu_usage_seconds_total') ? (base + cores * runSeconds).toFixed(6) : value;
        return `${name}${String(labels)} ${now} ${Number(time) + shiftMs}`;
      },
    );
  }
}
