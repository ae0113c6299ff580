import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Block, pushMediaType } from '@docksnap/contract';
import { encodeBlock, encodePush } from '@docksnap/contract/codec';
import { zstd } from './zstd.ts';

const intervalMs = 100;
const containers = 20;
const pushMs = 10_000;

/** A node's agent, as far as a store is concerned: it numbers ticks, keeps those without an answer, and counts. */
export class Sender {
  readonly node: string;
  readonly epoch = randomBytes(16).toString('hex');
  /** Ticks that it has taken: numbers are dense from 1. */
  collected = 0;
  acknowledged = 0;
  /** Answers by their status; 0 where there was none. */
  readonly answers = new Map<number, number>();
  readonly #urls: () => readonly string[];
  readonly #waiting = new Map<number, Uint8Array>();
  #isCollecting = true;
  #isRunning = true;
  readonly #running: Promise<void>;

  constructor(node: string, urls: () => readonly string[]) {
    this.node = node;
    this.#urls = urls;
    this.#running = this.#run();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  count(status: number): number {
    return this.answers.get(status) ?? 0;
  }

  /** Takes no more ticks; what waits is still sent. */
  stopCollecting(): void {
    this.#isCollecting = false;
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isRunning) {
      if (this.#isCollecting) {
        this.collected += 1;
        this.#waiting.set(this.collected, encodeBlock(this.#blockOf(this.collected), zstd));
      }
      await this.#push();
      await wait(intervalMs);
    }
  }

  /** The oldest that wait, to a replica by chance. */
  async #push(): Promise<void> {
    const some = [...this.#waiting].slice(0, 20);
    const urls = this.#urls();
    const url = urls[Math.floor(Math.random() * urls.length)];
    if (some.length === 0 || url === undefined) return;
    const body = encodePush({ descriptions: new Map(), blocks: some.map(([, bytes]) => bytes) });
    const status = await this.#post(url, body);
    this.answers.set(status, this.count(status) + 1);
    if (status !== 200) return;
    for (const [seq] of some) this.#waiting.delete(seq);
    this.acknowledged += some.length;
  }

  async #post(url: string, body: Uint8Array): Promise<number> {
    try {
      const answer = await fetch(`${url}/api/v1/blocks`, {
        method: 'POST',
        headers: { authorization: `Bearer agent-${this.node}`, 'content-type': pushMediaType },
        body: Buffer.from(body),
        signal: AbortSignal.timeout(pushMs),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  #blockOf(seq: number): Block {
    const ages = Float64Array.of(0);
    const entities = Array.from({ length: containers }, (_, index) => ({
      ...{ kind: 'container' as const, key: `pod-${index}/main`, runtimeId: `run-${index}`, description: '' },
      startedAtMs: 1_700_000_000_000,
    }));
    const groups = entities.map((_, entity) => ({
      ...{ entity, kind: 'resource' as const, ages },
      columns: [1, 2].map((metric) => ({ metric, values: Float64Array.of(seq * 1000 * metric + entity) })),
    }));
    return { epoch: this.epoch, firstSeq: seq, intervalMs, tickTimes: [Date.now()], entities, groups };
  }
}
