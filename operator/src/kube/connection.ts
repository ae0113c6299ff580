import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { Credentials } from './credentials.ts';
import { KubeError } from './kube-error.ts';

/** No answer is waited for longer than this; a Lease must be renewed within 10 s. */
const requestMs = 5000;
const listMs = 60_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly timeoutMs?: number;
  /** Asked at the last moment before the request is sent; if it says no, nothing is. */
  readonly onlyIf?: () => boolean;
}

/** Told of each answer: its HTTP status, or why there was none. */
export type OnAnswer = (method: Method, code: string) => void;

/** HTTP with the API server: every request is bounded in time, every refusal and every silence is a {@link KubeError}. */
export class KubeConnection {
  readonly #credentials: Credentials;
  readonly #onAnswer: OnAnswer;

  constructor(credentials: Credentials, onAnswer: OnAnswer = () => undefined) {
    this.#credentials = credentials;
    this.#onAnswer = onAnswer;
  }

  /** With the credentials of KUBECONFIG, else of the pod's ServiceAccount. */
  static fromDefault(onAnswer?: OnAnswer): KubeConnection {
    return new KubeConnection(Credentials.fromDefault(), onAnswer);
  }

  /** @returns the JSON of the answer */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<unknown> {
    const what = `${method} ${path}`;
    const { body } = await this.#send(method, path, options, AbortSignal.timeout(options.timeoutMs ?? requestMs));
    const text = await body.text().catch((error: unknown) => {
      throw KubeError.ofSilence(what, error);
    });
    return JSON.parse(text);
  }

  async list(path: string, query: Query): Promise<unknown> {
    return this.request('GET', path, { query, timeoutMs: listMs });
  }

  /** The lines of a watch until it ends. `alive` is called for whatever arrives. */
  async *lines(path: string, query: Query, signal: AbortSignal, alive: () => void): AsyncGenerator<string> {
    const { body } = await this.#send('GET', path, { query }, signal);
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body) {
        alive();
        const lines = (rest + decoder.decode(asBytes(chunk), { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    } catch (error) {
      throw KubeError.ofSilence(`watch of ${path}`, error);
    }
  }

  /** Cuts what is under way. */
  async close(): Promise<void> {
    await this.#credentials.close();
  }

  async #send(
    method: Method,
    path: string,
    { query = {}, body, contentType = 'application/json', onlyIf = () => true }: RequestOptions,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const what = `${method} ${path}`;
    let answer: Dispatcher.ResponseData;
    try {
      const { server, headers, dispatcher } = await this.#credentials.prepare();
      if (!onlyIf()) throw new Error('this replica does not lead any more');
      answer = await request(urlOf(server, path, query), {
        dispatcher,
        method,
        signal,
        headers: { ...headers, accept: 'application/json', 'content-type': contentType },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      this.#onAnswer(method, '<error>');
      throw KubeError.ofSilence(what, error);
    }
    const { statusCode, headers } = answer;
    this.#onAnswer(method, String(statusCode));
    if (statusCode < 300) return answer;
    const retryAfter = String(headers['retry-after'] ?? '');
    throw KubeError.ofAnswer(what, statusCode, await answer.body.text().catch(String), retryAfter);
  }
}

function urlOf(server: string, path: string, query: Query): URL {
  const url = new URL(server.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function asBytes(chunk: unknown): Uint8Array {
  if (!ArrayBuffer.isView(chunk)) throw new TypeError('a body without an encoding is bytes');
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
