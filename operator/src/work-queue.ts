/** What a handler tells of a key: nothing, or when to look again in any case. */
export type Outcome = { readonly againAfterMs?: number } | undefined;

/** Time, given so that tests need not wait. */
export interface Timers {
  readonly nowMs: () => number;
  /** Calls back after a while; the result cancels. */
  readonly after: (ms: number, call: () => void) => () => void;
}

export const realTimers: Timers = {
  nowMs: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** At the start every monitor is work: not all of it at once on one API server. */
export const mostAtOnce = 4;
const firstBackoffMs = 5;
const longestBackoffMs = 300_000;

/** Told of what happens in a queue, for its figures. */
export interface QueueMetrics {
  readonly added: () => void;
  readonly retried: () => void;
  /** A key is taken up, so long after it was added. */
  readonly started: (waitedSeconds: number) => void;
  readonly ended: (tookSeconds: number) => void;
}

interface QueueOptions {
  readonly handle: (key: string) => Promise<Outcome>;
  /** Told of each failure before the key is tried again. */
  readonly onError: (key: string, error: unknown) => void;
  /** How long what failed asks to be left alone, in ms. */
  readonly retryAfterMs?: (error: unknown) => number;
  readonly metrics?: QueueMetrics;
  readonly timers?: Timers;
}

/**
 * A level-based work queue: it holds keys, never objects, each at most once, so that many changes of one object are
 * one piece of work. Few are handled at once, a key never twice at the same time; one that is added while it is handled
 * is handled again afterwards. A failed key comes back after 5 ms, 10 ms, ... 5 min; success forgets its failures.
 */
export class WorkQueue {
  readonly #options: QueueOptions;
  readonly #timers: Timers;
  /** Keys, and since when. */
  readonly #waiting = new Map<string, number>();
  readonly #running = new Map<string, { readonly sinceMs: number; readonly end: Promise<void> }>();
  readonly #failures = new Map<string, number>();
  readonly #later = new Map<string, { readonly atMs: number; readonly cancel: () => void }>();
  /** Until when a key is to be left alone, because what failed asked for it. */
  readonly #notBefore = new Map<string, number>();
  #stopped = false;
  #lastProgressMs: number;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#timers = options.timers ?? realTimers;
    this.#lastProgressMs = this.#timers.nowMs();
  }

  /** Has the key handled as soon as it can be. */
  add(key: string): void {
    if (this.#stopped) return;
    const askedMs = (this.#notBefore.get(key) ?? 0) - this.#timers.nowMs();
    if (askedMs > 0) {
      this.addAfter(key, askedMs);
      return;
    }
    this.#notBefore.delete(key);
    this.#later.get(key)?.cancel();
    this.#later.delete(key);
    if (!this.#waiting.has(key)) {
      this.#waiting.set(key, this.#timers.nowMs());
      this.#options.metrics?.added();
    }
    this.#start();
  }

  /** Has the key handled after a while, or before if it is added meanwhile; the earliest of several wins. */
  addAfter(key: string, ms: number): void {
    if (this.#stopped) return;
    const atMs = this.#timers.nowMs() + ms;
    const planned = this.#later.get(key);
    if (planned !== undefined && planned.atMs <= atMs) return;
    planned?.cancel();
    const cancel = this.#timers.after(ms, () => {
      this.#later.delete(key);
      this.add(key);
    });
    this.#later.set(key, { atMs, cancel });
  }

  /** Keys that wait to be handled, not counting those that are planned for later. */
  get depth(): number {
    return this.#waiting.size;
  }

  /** Keys that are being handled. */
  get running(): number {
    return this.#running.size;
  }

  /** For how long each of them has been, in ms. */
  get runningMs(): readonly number[] {
    const nowMs = this.#timers.nowMs();
    return [...this.#running.values()].map(({ sinceMs }) => nowMs - sinceMs);
  }

  /** How long work has been waiting without any piece of it coming to an end, in ms; 0 when there is none. */
  get stalledMs(): number {
    const idle = this.#waiting.size + this.#running.size === 0;
    return idle ? 0 : this.#timers.nowMs() - this.#lastProgressMs;
  }

  /** Takes no more work. Settles when what is being handled has come to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    for (const { cancel } of this.#later.values()) cancel();
    this.#later.clear();
    await Promise.all([...this.#running.values()].map(({ end }) => end));
  }

  /** Also when it was added meanwhile. */
  #leaveAlone(key: string, ms: number): void {
    this.#waiting.delete(key);
    this.#notBefore.set(key, this.#timers.nowMs() + ms);
  }

  #start(): void {
    const nowMs = this.#timers.nowMs();
    for (const [key, sinceMs] of this.#waiting) {
      if (this.#running.size >= mostAtOnce) return;
      if (this.#running.has(key)) continue;
      if (this.#running.size === 0) this.#lastProgressMs = nowMs;
      this.#waiting.delete(key);
      this.#options.metrics?.started((nowMs - sinceMs) / 1000);
      this.#running.set(key, { sinceMs: nowMs, end: this.#handle(key, nowMs) });
    }
  }

  async #handle(key: string, startedMs: number): Promise<void> {
    try {
      const outcome = await this.#options.handle(key);
      this.#failures.delete(key);
      if (outcome?.againAfterMs !== undefined) this.addAfter(key, outcome.againAfterMs);
    } catch (error) {
      this.#options.onError(key, error);
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      this.#options.metrics?.retried();
      const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures);
      const askedMs = this.#options.retryAfterMs?.(error) ?? 0;
      if (askedMs > 0) this.#leaveAlone(key, askedMs);
      this.addAfter(key, Math.max(backoffMs, askedMs));
    } finally {
      this.#running.delete(key);
      this.#options.metrics?.ended((this.#timers.nowMs() - startedMs) / 1000);
      this.#lastProgressMs = this.#timers.nowMs();
      this.#start();
    }
  }
}
