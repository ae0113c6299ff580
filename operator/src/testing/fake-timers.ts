import type { Timers } from '../work-queue.ts';

/** A clock that moves when told, and what it was asked to call. */
export class FakeTimers implements Timers {
  #now = 0;
  #calls: { atMs: number; call: () => void }[] = [];

  readonly nowMs = (): number => this.#now;

  readonly after = (ms: number, call: () => void): (() => void) => {
    const planned = { atMs: this.#now + ms, call };
    this.#calls.push(planned);
    return () => {
      this.#calls = this.#calls.filter((one) => one !== planned);
    };
  };

  get plannedMs(): number[] {
    return this.#calls.map(({ atMs }) => atMs - this.#now);
  }

  async advance(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#calls.filter(({ atMs }) => atMs <= this.#now);
    this.#calls = this.#calls.filter((one) => !due.includes(one));
    for (const { call } of due) call();
    await settle();
  }
}

/** Lets everything that has been promised happen. */
export async function settle(): Promise<void> {
  await new Promise(setImmediate);
}
