import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import * as z from 'zod';
import type { ReportingAnswer, UnknownReporting } from './reporting.ts';
import { reportingSchema } from './reporting.ts';

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

/** Asks the API when each node last reported. Both files are read anew each time, so their renewal needs nothing. */
export class ReportingClient {
  readonly #options: Options;
  #agent: { readonly ca: string; readonly agent: Agent } | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Never rejects: what went wrong is an answer too. */
  async ask(): Promise<ReportingAnswer | UnknownReporting> {
    const { apiUrl, caFile, tokenFile, timeoutMs = defaultTimeoutMs } = this.#options;
    try {
      const [ca, token] = await Promise.all([readFile(caFile, 'utf8'), readFile(tokenFile, 'utf8')]);
      const { statusCode, body } = await request(new URL('/api/v1/reporting', apiUrl), {
        dispatcher: await this.#dispatcher(ca),
        headers: { authorization: `Bearer ${token.trim()}` },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await body.text();
      if (statusCode === 401 || statusCode === 403) {
        const message = `the API at ${apiUrl} refused the operator's token with ${statusCode}; see whether both are of the same release`;
        return { kind: 'unknown', reason: 'CredentialsRejected', message };
      }
      if (statusCode !== 200) throw new Error(`it answered ${statusCode}`);
      return reportingSchema.parse(JSON.parse(text));
    } catch (error) {
      const message = `the API at ${apiUrl} could not be asked for the nodes' reports (${wordsOf(error)}); see that its pod runs`;
      return { kind: 'unknown', reason: 'DestinationUnreachable', message };
    }
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
function wordsOf(error: unknown): string {
  const { code, name, message } = errorSchema.parse(error);
  return code ?? (name === 'Error' ? message : name);
}

const errorSchema = z.object({ code: z.string().optional(), name: z.string(), message: z.string() }).catch({
  name: 'unknown error',
  message: '',
});
