import { DestroyRef, inject, InjectionToken, Service, signal, type Signal } from '@angular/core';
import { Clock } from '../time/clock.ts';
import { backoffMs } from './backoff.ts';

/** `off`: the page shows the past. `lost`: what is shown ages; `retryAtMs` says when it is tried again. */
export type LiveState =
  | { readonly kind: 'off' | 'connecting' | 'open' }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly failures: number; readonly retryAtMs: number };

/** The page's interest in the stream. */
export interface Subscription {
  /** Event name → its data. */
  readonly events: Readonly<Record<string, (json: unknown) => void>>;
  /** The stream is back after a loss: what came meanwhile must be asked for. */
  readonly resumed: () => void;
  /** The stream broke: asks whether the session still holds, since a stream does not say why it was refused. */
  readonly lost: () => void;
}

/** What is used of an EventSource. */
export interface EventStream {
  addEventListener(name: string, listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
}

/** Opens a stream of server-sent events. */
export const openEventStream = new InjectionToken<(url: string) => EventStream>('openEventStream', {
  factory: () => (url) => new EventSource(url),
});

/** The one live connection of the page that is open. */
@Service()
export class LiveStream {
  readonly #clock = inject(Clock);
  readonly #open = inject(openEventStream);
  readonly #state = signal<LiveState>({ kind: 'off' });
  readonly state: Signal<LiveState> = this.#state.asReadonly();

  #url: string | undefined;
  #subscription: Subscription | undefined;
  #source: EventStream | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.stop();
    });
  }

  /** Follows a stream in place of the one before. */
  follow(url: string, subscription: Subscription): void {
    this.stop();
    this.#url = url;
    this.#subscription = subscription;
    this.#state.set({ kind: 'connecting' });
    this.#connect();
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
    this.#url = undefined;
    this.#subscription = undefined;
    this.#state.set({ kind: 'off' });
  }

  /** Tries again at once instead of at the end of the wait. */
  connectNow(): void {
    clearTimeout(this.#retry);
    if (this.#url !== undefined) this.#connect();
  }

  #connect(): void {
    const { url, subscription } = { url: this.#url, subscription: this.#subscription };
    if (url === undefined || subscription === undefined) return;
    this.#source?.close();
    const source = this.#open(url);
    this.#source = source;
    source.addEventListener('open', () => {
      const wasLost = this.#state().kind === 'lost';
      this.#state.set({ kind: 'open' });
      if (wasLost) subscription.resumed();
    });
    source.addEventListener('error', () => {
      source.close();
      this.#waitAfterLoss();
    });
    for (const [name, handle] of Object.entries(subscription.events))
      source.addEventListener(name, (event) => {
        if (typeof event.data === 'string') handle(JSON.parse(event.data));
      });
  }

  #waitAfterLoss(): void {
    const before = this.#state();
    const failures = before.kind === 'lost' ? before.failures + 1 : 1;
    const sinceMs = before.kind === 'lost' ? before.sinceMs : this.#clock.read();
    const waitMs = backoffMs(failures, Math.random());
    this.#state.set({ kind: 'lost', sinceMs, failures, retryAtMs: this.#clock.read() + waitMs });
    this.#subscription?.lost();
    this.#retry = setTimeout(() => {
      this.#connect();
    }, waitMs);
  }
}
