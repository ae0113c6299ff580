import type { EventStream } from '../app/live/live-stream.ts';

/** A stream that a test opens, feeds and breaks. */
export class FakeEventStream implements EventStream {
  isClosed = false;
  readonly #listeners = new Map<string, (event: MessageEvent<unknown>) => void>();

  constructor(readonly url: string) {}

  addEventListener(name: string, listener: (event: MessageEvent<unknown>) => void): void {
    this.#listeners.set(name, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  succeed(): void {
    this.#listeners.get('open')?.(new MessageEvent('open'));
  }

  fail(): void {
    this.#listeners.get('error')?.(new MessageEvent('error'));
  }

  send(name: string, content: unknown): void {
    this.#listeners.get(name)?.(new MessageEvent(name, { data: JSON.stringify(content) }));
  }
}
