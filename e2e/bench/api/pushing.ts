import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { pushMediaType } from '@docksnap/contract';

const answerMs = 60_000;
/** What an agent takes for "later": too many pushes at once, a database that is slow to take them. */
const comeAgain = [429, 503];
const pauseMs = 1000;
const patienceMs = 300_000;

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Posts over connections that are kept, as many as are needed at once. */
export class Poster {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity });

  /** The body of a 2xx answer. @throws naming address, status and the answer's beginning. */
  async post(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', agent: this.#agent, headers: { ...headers, 'content-length': body.length } };
      const sent = request(url, { ...options, signal: AbortSignal.timeout(answerMs) }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += piece));
        response.once('error', reject);
        response.once('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) resolve(text);
          else reject(new Refusal(status, `${url} answered ${status}: ${text.slice(0, 300)}`));
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  /** Pushes as a node's agent, again and again for five minutes where it is told to come later. */
  async push(api: string, node: string, body: Uint8Array): Promise<string> {
    const headers = { authorization: `Bearer agent-${node}`, 'content-type': pushMediaType };
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        return await this.post(`${api}/api/v1/blocks`, headers, body);
      } catch (error) {
        const isLater = error instanceof Refusal && comeAgain.includes(error.status);
        if (!isLater || Date.now() > deadline) throw error;
      }
      await wait(pauseMs);
    }
  }

  end(): void {
    this.#agent.destroy();
  }
}
