import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AgentReport, Block, Description } from '@docksnap/contract';
import type { ReadPush, Roster } from '@docksnap/contract/codec';
import { decodePushedBlocks, neededRosters, readPush } from '@docksnap/contract/codec';
import { sha256 } from '../sha256.ts';
import { zstd } from '../zstd.ts';
import type { Certificate } from './certificates.ts';
import { close, listen } from './kubelet-server.ts';

export interface ScriptedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is cut instead: `before` or `after` the push was stored. */
  readonly cut?: 'before' | 'after';
  /** Never answered when true. */
  readonly silent?: boolean;
}

/**
 * An API that keeps what it is sent, by the contract: decodes with the real codec, asks for descriptions and rosters
 * that it lacks, counts repeats. `script` may answer in its place; undefined means the usual answer.
 */
export class RecordingApi {
  readonly blocks = new Map<string, Block>();
  readonly bytes = new Map<string, Uint8Array>();
  readonly descriptions = new Map<string, Description>();
  readonly rosters = new Map<string, Roster>();
  readonly pushes: {
    readonly push: ReadPush;
    readonly bodyBytes: number;
    readonly headers: IncomingMessage['headers'];
  }[] = [];
  report: AgentReport | undefined;
  duplicates = 0;
  script: (push: ReadPush) => ScriptedAnswer | undefined = () => undefined;
  #close: (() => Promise<void>) | undefined;

  async start(certificate?: Certificate, port = 0): Promise<URL> {
    const take = (request: IncomingMessage, response: ServerResponse): void => void this.#take(request, response);
    const server =
      certificate === undefined
        ? createHttpServer(take)
        : createHttpsServer({ cert: certificate.cert, key: certificate.key }, take);
    this.#close = () => close(server);
    return listen(server, certificate === undefined ? 'http' : 'https', port);
  }

  async stop(): Promise<void> {
    await this.#close?.();
  }

  /** Sequence numbers stored of an epoch, ascending. */
  seqs(epoch: string): number[] {
    return [...this.blocks.values()]
      .filter((block) => block.epoch === epoch)
      .map((block) => block.firstSeq)
      .sort((a, b) => a - b);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // an http request yields Buffers
    const body = Buffer.concat(chunks);
    const push = readPush(body, zstd, sha256);
    this.pushes.push({ push, bodyBytes: body.length, headers: request.headers });
    const scripted = this.script(push);
    if (scripted?.silent === true) return;
    if (scripted?.cut === 'before') return void request.socket.destroy();
    if (scripted !== undefined && scripted.cut === undefined) {
      this.#answer(response, scripted);
      return;
    }
    const answer = this.#store(push);
    if (scripted?.cut === 'after') return void request.socket.destroy();
    this.#answer(response, answer);
  }

  #answer(response: ServerResponse, { status, body = {}, headers = {} }: ScriptedAnswer): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }

  #store(push: ReadPush): ScriptedAnswer {
    for (const [hash, description] of push.descriptions) this.descriptions.set(hash, description);
    for (const [hash, { roster }] of push.rosters) this.rosters.set(hash, roster);
    const rosters = [...neededRosters(push)].filter((hash) => !this.rosters.has(hash));
    if (rosters.length > 0) return { status: 409, body: { code: 'need', message: 'send them', need: [], rosters } };
    const blocks = decodePushedBlocks(push, zstd, (hash) => this.rosters.get(hash));
    const named = blocks.flatMap(({ block }) => block.entities.map((entity) => entity.description));
    const need = [...new Set(named)].filter((hash) => hash !== '' && !this.descriptions.has(hash));
    if (need.length > 0) return { status: 409, body: { code: 'need', message: 'send them', need } };
    this.report = push.report ?? this.report;
    const before = this.blocks.size;
    for (const { block, bytes } of blocks) {
      const key = `${block.epoch}/${block.firstSeq}`;
      const known = this.bytes.get(key);
      if (known !== undefined && sha256(known) !== sha256(bytes)) return { status: 409, body: { code: 'conflict' } };
      if (known !== undefined) this.duplicates++;
      this.blocks.set(key, block);
      this.bytes.set(key, Uint8Array.from(bytes));
    }
    const stored = this.blocks.size - before;
    return { status: 200, body: { stored, duplicate: push.blocks.length - stored } };
  }
}
