import { setTimeout as sleep } from 'node:timers/promises';

const READERS = 4;
const PAUSE_MS = 200;
const PATHS = ['/api/v1/nodes', '/api/v1/containers?limit=100', '/api/v1/workloads'];

/** Readers that ask without pause while everything changes below them; they end by themselves with {@link stop}. */
export class Load {
  answered = 0;
  refused = 0;
  #running = true;
  readonly #readers: Promise<void>[];

  /** @param send asks for a path; the status of the answer, or an error when there was none */
  constructor(send: (path: string) => Promise<number>) {
    this.#readers = Array.from({ length: READERS }, async (_, index) => this.#read(send, index));
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#readers);
  }

  async #read(send: (path: string) => Promise<number>, first: number): Promise<void> {
    for (let turn = first; this.#running; turn += 1) {
      const status = await send(PATHS[turn % PATHS.length] ?? '').catch(() => 0);
      if (status === 200) this.answered += 1;
      else this.refused += 1;
      await sleep(PAUSE_MS);
    }
  }
}
