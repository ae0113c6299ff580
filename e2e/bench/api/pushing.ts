import { Agent, request } from 'node:http';
import { pushMediaType } from '@docksnap/contract';

const answerMs = 60_000;

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
          else reject(new Error(`${url} answered ${status}: ${text.slice(0, 300)}`));
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  /** Pushes as a node's agent. */
  async push(api: string, node: string, body: Uint8Array): Promise<string> {
    return this.post(
      `${api}/api/v1/blocks`,
      { authorization: `Bearer agent-${node}`, 'content-type': pushMediaType },
      body,
    );
  }

  end(): void {
    this.#agent.destroy();
  }
}
