import type { EventStream } from '../app/live/live-stream.ts';

/** A stream that a test opens, feeds and breaks. */
export class FakeEventStream extends EventTarget implements EventStream {
  isClosed = false;

  constructor(readonly url: string) {
    super();
  }

  close(): void {
    this.isClosed = true;
  }

  succeed(): void {
    this.dispatchEvent(new Event('open'));
  }

  fail(): void {
    this.dispatchEvent(new Event('error'));
  }

  send(name: string, content: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(content) }));
  }
}
