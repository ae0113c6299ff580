import { createServer, type Server } from 'node:https';
import type { Certificate } from '../../../agent/src/testing/certificates.ts';
import { close, listen } from '../../../agent/src/testing/kubelet-server.ts';
import { readLater, type KubeletPages } from './expanded-pages.ts';

/** Readings of each page that are made beforehand: as many as a run takes, so that serving one costs next to nothing. */
const readings = { small: 70, big: 26 } as const;

/** A kubelet that gives each reader of a page the next reading of it, over https. */
export class PageServer {
  readonly #pages: ReadonlyMap<string, readonly Buffer[]>;
  readonly #asked = new Map<string, number>();
  #server: Server | undefined;
  /** Bytes of pages that were asked for. */
  servedBytes = 0;
  url = new URL('https://127.0.0.1');

  constructor({ resource, cadvisor, pods }: KubeletPages, everyMs: number) {
    const later = (page: string, count: number): Buffer[] =>
      Array.from({ length: count }, (_, step) => Buffer.from(readLater(page, Date.now() + step * everyMs, step)));
    this.#pages = new Map([
      ['/metrics/resource', later(resource, readings.small)],
      ['/metrics/cadvisor', later(cadvisor, readings.big)],
      ['/pods', [Buffer.from(pods)]],
    ]);
  }

  async start(certificate: Certificate): Promise<void> {
    this.#server = createServer({ ...certificate }, (request, response) => {
      const path = request.url ?? '';
      const page = this.#next(path);
      this.servedBytes += page.length;
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page);
    });
    this.url = await listen(this.#server, 'https');
  }

  /** How often a page was asked for. */
  asked(path: string): number {
    return this.#asked.get(path) ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#server !== undefined) await close(this.#server);
  }

  #next(path: string): Buffer {
    const all = this.#pages.get(path) ?? [];
    const count = this.asked(path);
    this.#asked.set(path, count + 1);
    return all[Math.min(count, all.length - 1)] ?? Buffer.alloc(0);
  }
}
