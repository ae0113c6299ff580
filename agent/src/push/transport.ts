import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { IncomingMessage } from 'node:http';
import { messageOf } from '../errors.ts';
import { identityCheck } from '../join/server-identity.ts';
import { type Credential, MachineCredential, TokenFile } from './credential.ts';
import { pushMediaType } from './media-type.ts';
import type { Answer } from './answer.ts';
import { interpretAnswer } from './answer.ts';

export interface TransportOptions {
  /** Tried in turn: the next one after each failure. */
  readonly urls: readonly URL[];
  readonly caFile: string | undefined;
  readonly tokenFile: string | undefined;
  /** Of a machine outside Kubernetes, which signs its own tokens. */
  readonly machineDir?: string | undefined;
  readonly timeoutMs: number;
  /** Where at the address, and what is posted there; pushes unless told. */
  readonly target?: { readonly path: string; readonly mediaType: string };
}

const pushTarget = { path: '/api/v1/blocks', mediaType: pushMediaType };

/** More is no answer of the API. */
const answerBytes = 1024 * 1024;

/** Posts pushes to the API over a kept-alive connection. */
export class Transport {
  readonly #options: TransportOptions;
  #turn = 0;
  #ca: string | undefined;
  #agent: http.Agent | https.Agent | undefined;
  #closing: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #credential: Credential;

  constructor(options: TransportOptions) {
    this.#options = options;
    const { machineDir, tokenFile } = options;
    this.#credential = machineDir === undefined ? new TokenFile(tokenFile) : new MachineCredential(machineDir);
  }

  get addresses(): number {
    return this.#options.urls.length;
  }

  get #url(): URL {
    const url = this.#options.urls[this.#turn % this.#options.urls.length];
    if (url === undefined) throw new Error('BUG: a transport without an address');
    return url;
  }

  /** @throws Error when no answer was had; it says at which address. Whether the push was stored is then unknown. */
  async post(body: Uint8Array): Promise<Answer> {
    const url = this.#url;
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await this.#send(url, body, signal);
      this.#credential.heard(response.headers.date, Date.now());
      const text = await textOf(response);
      return interpretAnswer(response.statusCode ?? 0, response.headers['retry-after'], text, Date.now());
    } catch (error) {
      const cause: unknown = signal.aborted ? signal.reason : error;
      throw new Error(`cannot push to ${url.origin}: ${messageOf(cause)}`, { cause: error });
    }
  }

  /** Turns to the next address. */
  next(): void {
    this.#turn++;
    if (this.#options.urls.length > 1) this.#dropAgent();
  }

  /** After that time a push that is under way fails, and so does every later one. */
  closeWithin(ms: number): void {
    this.#closing ??= setTimeout(() => {
      this.close();
    }, ms).unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#closing);
    this.#dropAgent();
  }

  async #send(url: URL, body: Uint8Array, signal: AbortSignal): Promise<IncomingMessage> {
    const agent = await this.#agentFor(url);
    const token = await this.#credential.token(Date.now());
    const { path, mediaType } = this.#options.target ?? pushTarget;
    const headers = {
      'content-type': mediaType,
      'content-length': body.length,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const target = new URL(`${url.pathname.replace(/\/$/, '')}${path}`, url);
    const { request } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      request(target, { method: 'POST', agent, headers, signal }, resolve).once('error', reject).end(body);
    });
  }

  /** The CA file is read each time: it may come late, and it may be renewed. */
  async #agentFor(url: URL): Promise<http.Agent | https.Agent> {
    if (this.#closed) throw new Error('the agent stops');
    const { caFile } = this.#options;
    const ca = caFile === undefined || url.protocol === 'http:' ? undefined : await readFile(caFile, 'utf8');
    if (this.#agent !== undefined && ca === this.#ca) return this.#agent;
    this.#dropAgent();
    this.#ca = ca;
    const options = { keepAlive: true, maxSockets: 1 };
    this.#agent =
      url.protocol === 'http:'
        ? new http.Agent(options)
        : new https.Agent({ ...options, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : this.#trusting(ca)) });
    return this.#agent;
  }

  #trusting(ca: string): https.AgentOptions {
    return this.#options.machineDir === undefined ? { ca } : { ca, checkServerIdentity: identityCheck(ca) };
  }

  #dropAgent(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > answerBytes) throw new Error(`the answer is larger than ${answerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
