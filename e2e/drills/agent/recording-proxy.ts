import type { Server } from 'node:https';
import { Agent, createServer, request } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Certificate } from '../../../agent/src/testing/certificates.ts';
import { close, listen } from '../../../agent/src/testing/kubelet-server.ts';

const upstreamMs = 20_000;
const smallPage = '/metrics/resource';

/**
 * Stands between a kubelet and an agent and writes down what the agent was given: of each small page that was handed
 * over whole, the node's CPU counter in µs, which no two pages share. It knows nothing of the agent's own counting.
 */
export class RecordingProxy {
  /** In their order. */
  readonly collected: number[] = [];
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  #server: Server | undefined;
  url = new URL('https://127.0.0.1');

  async start(certificate: Certificate, upstream: URL): Promise<void> {
    this.#server = createServer({ ...certificate }, (asked, answer) => {
      this.#pass(new URL(asked.url ?? '', upstream), asked, answer);
    });
    this.url = await listen(this.#server, 'https');
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    if (this.#server !== undefined) await close(this.#server);
  }

  #pass(url: URL, asked: IncomingMessage, answer: ServerResponse): void {
    const options = { agent: this.#agent, timeout: upstreamMs, method: asked.method };
    const onward = request(url, options, (page) => {
      const chunks: Buffer[] = [];
      page.on('data', (chunk: Buffer) => chunks.push(chunk));
      page.on('end', () => {
        const body = Buffer.concat(chunks);
        answer.writeHead(page.statusCode ?? 502, { 'content-length': body.length });
        answer.end(body, () => {
          if (url.pathname === smallPage) this.collected.push(counterOf(body.toString()));
        });
      });
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    onward.end();
  }
}

function counterOf(page: string): number {
  const [, seconds = ''] = /^node_cpu_usage_seconds_total (\S+) /m.exec(page) ?? [];
  return Math.round(Number(seconds) * 1e6);
}
