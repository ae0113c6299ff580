import type { Server, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { readPush } from '@docksnap/contract/codec';
import { close, listen } from '../../../agent/src/testing/kubelet-server.ts';
import { zstd } from '../store/zstd.ts';

const upstreamMs = 60_000;

/** Stands before the API and writes down which ticks it said are stored, whether or not the agent heard of it. */
export class AcknowledgingRelay {
  /** How often a tick was said to be stored, by `epoch/seq`. */
  readonly acknowledged = new Map<string, number>();
  /** Answers by their status, 0 where there was none. */
  readonly answers = new Map<number, number>();
  /** Newest tick that was acknowledged, unix ms by the agent's clock. */
  newestTickMs = 0;
  #server: Server | undefined;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  async start(origin: string): Promise<void> {
    this.#server = createServer((asked, answer) => {
      this.#pass(new URL(asked.url ?? '', origin), asked, answer).catch(() => answer.destroy());
    });
    this.#port = Number((await listen(this.#server, 'http')).port);
  }

  async stop(): Promise<void> {
    if (this.#server !== undefined) await close(this.#server);
  }

  count(status: number): number {
    return this.answers.get(status) ?? 0;
  }

  async #pass(url: URL, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    const headers = { ...asked.headers, host: url.host };
    const onward = request(url, { method: asked.method, headers, timeout: upstreamMs }, (heard) => {
      this.#answered(heard.statusCode ?? 0, body);
      answer.writeHead(heard.statusCode ?? 502, heard.headers);
      heard.pipe(answer);
    });
    onward.on('error', () => {
      this.#answered(0, body);
      answer.destroy();
    });
    onward.end(body);
  }

  #answered(status: number, body: Buffer): void {
    this.answers.set(status, this.count(status) + 1);
    if (status !== 200) return;
    for (const { header } of readPush(body, zstd).blocks) {
      header.tickTimes.forEach((tickMs, index) => {
        const tick = `${header.epoch}/${header.firstSeq + index}`;
        this.acknowledged.set(tick, (this.acknowledged.get(tick) ?? 0) + 1);
        this.newestTickMs = Math.max(this.newestTickMs, tickMs);
      });
    }
  }
}
