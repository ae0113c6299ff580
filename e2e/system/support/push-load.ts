import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const answerMs = 10_000;
const pauseMs = 250;

/** One sender: a tick at a time, sent to either replica again and again until one has acknowledged it. */
class Sender {
  /** What it calls its epoch: ticks are numbered from 1 in each. */
  readonly epoch = randomBytes(16).toString('hex');
  acknowledged = 0;
  refused = 0;
  readonly #token: string;
  readonly #firstTickMs: number;

  constructor(token: string, firstTickMs: number) {
    this.#token = token;
    this.#firstTickMs = firstTickMs;
  }

  async run(origins: readonly string[], signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted; turn += 1) {
      const origin = origins[turn % origins.length] ?? '';
      if (await this.#send(origin)) this.acknowledged += 1;
      else this.refused += 1;
      await sleep(pauseMs);
    }
  }

  async #send(origin: string): Promise<boolean> {
    const seq = this.acknowledged + 1;
    const block = {
      epoch: this.epoch,
      firstSeq: seq,
      intervalMs: 1000,
      // The past, so that the node's own agent stays the one whose ticks are newest.
      tickTimes: [this.#firstTickMs + seq * 100],
      entities: [{ kind: 'node', key: 'node' }],
      groups: [{ entity: 0, kind: 'resource', ages: [0], metrics: { workingSetBytes: [seq] } }],
    };
    try {
      const answer = await fetch(`${origin}/api/v1/blocks`, {
        method: 'POST',
        signal: AbortSignal.timeout(answerMs),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
        body: JSON.stringify({ blocks: [block] }),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }
}

/** Pushes to the replicas by themselves, each sender to both in turn, for as long as it runs. */
export class PushLoad {
  readonly #stopping = new AbortController();
  readonly #senders: readonly Sender[];
  readonly #running: Promise<unknown>;

  /** origins: of the replicas. The ticks lie ten minutes back. */
  constructor(token: string, origins: readonly string[], senders: number) {
    const firstTickMs = Date.now() - 600_000;
    this.#senders = Array.from({ length: senders }, () => new Sender(token, firstTickMs));
    this.#running = Promise.all(this.#senders.map((sender) => sender.run(origins, this.#stopping.signal)));
  }

  get acknowledged(): number {
    return this.#senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  /** Pushes that got no good answer: how the death of a replica is felt. */
  get refused(): number {
    return this.#senders.reduce((sum, { refused }) => sum + refused, 0);
  }

  /** How many ticks of each epoch were acknowledged: those from 1 on. */
  async stop(): Promise<ReadonlyMap<string, number>> {
    this.#stopping.abort();
    await this.#running;
    return new Map(this.#senders.map(({ epoch, acknowledged }) => [epoch, acknowledged]));
  }
}
