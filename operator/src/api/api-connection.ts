import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import * as z from 'zod';

const defaultTimeoutMs = 5000;
const longestAnswerBytes = 64 * 1024 * 1024;

interface Options {
  readonly apiUrl: string;
  /** PEM of the API's authority; may not be there yet, and may change. */
  readonly caFile: string;
  /** The projected token, which the kubelet renews. */
  readonly tokenFile: string;
  readonly timeoutMs?: number;
}

/** HTTPS with the DockSnap API. Both files are read anew each time, so their renewal needs nothing. */
export class ApiConnection {
  readonly #options: Options;
  #agent: { readonly ca: string; readonly agent: Agent } | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.apiUrl;
  }

  /** @throws Error when there is no answer in time, or no file to ask with */
  async request(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ statusCode: number; text: string }> {
    const { apiUrl, caFile, tokenFile, timeoutMs = defaultTimeoutMs } = this.#options;
    const [ca, token] = await Promise.all([readFile(caFile, 'utf8'), readFile(tokenFile, 'utf8')]);
    const answer = await request(new URL(path, apiUrl), {
      dispatcher: await this.#dispatcher(ca),
      method,
      headers: {
        authorization: `Bearer ${token.trim()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { statusCode: answer.statusCode, text: await answer.body.text() };
  }

  async close(): Promise<void> {
    await this.#agent?.agent.destroy();
  }

  async #dispatcher(ca: string): Promise<Agent> {
    if (this.#agent?.ca !== ca) {
      await this.#agent?.agent.destroy();
      const agent = new Agent({
        connect: { ca, timeout: defaultTimeoutMs },
        connections: 1,
        maxResponseSize: longestAnswerBytes,
      });
      this.#agent = { ca, agent };
    }
    return this.#agent.agent;
  }
}

/** An error in few words that stay the same while it lasts: a status must not change with each attempt. */
export function wordsOf(error: unknown): string {
  const { code, name, message } = errorSchema.parse(error);
  return code ?? (name === 'Error' ? message : name);
}

const errorSchema = z.object({ code: z.string().optional(), name: z.string(), message: z.string() }).catch({
  name: 'unknown error',
  message: '',
});
