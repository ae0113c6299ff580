import { messageOf } from '../errors.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import type { CadvisorClient } from '../cadvisor/client.ts';
import type { Log } from '../log.ts';
import type { Problems } from '../problems.ts';
import type { Transport } from '../push/transport.ts';
import { attempt } from '../source/attempt.ts';
import type { ScrapeTimes } from '../tick/scrape-times.ts';
import type { ContainerKeys } from './container-keys.ts';
import { processesOf } from './process-rows.ts';

/** Where the API takes lists. */
export const processTarget = { path: '/api/v1/processes', mediaType: 'application/json' } as const;

const minuteMs = 60_000;

export interface ProcessSenderParts {
  readonly client: Pick<CadvisorClient, 'processes'>;
  readonly keys: ContainerKeys;
  readonly transport: Pick<Transport, 'post' | 'next' | 'close'>;
  /** Of reading the list, ms. */
  readonly timeoutMs: number;
  readonly problems: Problems;
  readonly drops: RowDrops;
  readonly times: ScrapeTimes;
  readonly log: Log;
}

/**
 * Sends what runs once a minute, beside the samples, which never wait for it. A list that the API does not take is let
 * go: the next one comes within a minute, and an older API takes none.
 */
export class ProcessSender {
  readonly #parts: ProcessSenderParts;
  #minute = -1;
  #underWay: Promise<void> | undefined;
  #refusal = '';

  constructor(parts: ProcessSenderParts) {
    this.#parts = parts;
  }

  /** A tick was taken at this time, unix ms: with the first of a minute the list is sent. */
  offer(nowMs: number): void {
    const minute = Math.floor(nowMs / minuteMs);
    if (minute === this.#minute || this.#underWay !== undefined || this.#parts.keys.isEmpty) return;
    this.#minute = minute;
    this.#underWay = this.#send().finally(() => {
      this.#underWay = undefined;
    });
  }

  /** Ends what is under way, and waits for it. */
  async stop(): Promise<void> {
    this.#parts.transport.close();
    await this.#underWay;
  }

  async #send(): Promise<void> {
    const { client, keys, transport, timeoutMs, drops } = this.#parts;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const page = await attempt(this.#parts, '/api/v2.0/ps', () => client.processes(signal));
      if (page === undefined) return;
      const list = processesOf(page, (path) => keys.ownerOf(path), drops);
      const answer = await transport.post(Buffer.from(JSON.stringify(list)));
      this.#tell('message' in answer ? answer.message : '');
    } catch (error) {
      transport.next();
      this.#tell(messageOf(error));
    }
  }

  /** A refusal once, until it is another or over. */
  #tell(refusal: string): void {
    if (refusal !== '' && refusal !== this.#refusal) {
      this.#parts.log.warn('a list of processes was not taken and is let go', { message: refusal });
    }
    this.#refusal = refusal;
  }
}
