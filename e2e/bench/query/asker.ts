import { performance } from 'node:perf_hooks';
import { Agent, request } from 'node:http';

const answerMs = 60_000;

/** Asks over one connection, one question after another, as a page does. */
export class Asker {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #headers: Readonly<Record<string, string>>;

  constructor(headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
  }

  /** The body of a 200 answer. @throws naming address, status and the answer's beginning. */
  async ask(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, headers: this.#headers, signal: AbortSignal.timeout(answerMs) };
      const asked = request(url, options, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(pieces).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${url} answered ${response.statusCode ?? 0}: ${text.slice(0, 300)}`));
        });
      });
      asked.once('error', reject);
      asked.end();
    });
  }

  /** How long each of some questions took from being sent to the last byte of its answer, in ms. */
  async times(urls: readonly string[]): Promise<number[]> {
    const times: number[] = [];
    for (const url of urls) {
      const beganMs = performance.now();
      await this.ask(url);
      times.push(performance.now() - beganMs);
    }
    return times;
  }

  end(): void {
    this.#agent.destroy();
  }
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
