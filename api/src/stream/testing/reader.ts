/** One server-sent event, as it came. */
export interface ReadEvent {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

const patienceMs = 5000;

/** Reads an event stream as a browser would. */
export class Reader {
  readonly status: number;
  readonly headers: Headers;
  private readonly controller: AbortController;
  private readonly body: ReadableStreamDefaultReader<string>;
  private text = '';

  private constructor(response: Response, controller: AbortController) {
    this.status = response.status;
    this.headers = response.headers;
    this.controller = controller;
    if (response.body === null) throw new Error('the answer has no body');
    this.body = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async open(url: string, headers: Record<string, string>): Promise<Reader> {
    const controller = new AbortController();
    const response = await fetch(url, { headers, signal: controller.signal });
    if (response.status !== 200) throw new Error(`the stream was answered with ${response.status}`);
    return new Reader(response, controller);
  }

  /** The next event of that name; others are passed over. */
  async event(name: string): Promise<ReadEvent> {
    for (;;) {
      const event = parse(await this.block());
      if (event.name === name) return event;
    }
  }

  /** Resolves when the server ends the stream. */
  async ended(withinMs = patienceMs): Promise<void> {
    while (!(await this.chunk(withinMs)).done);
  }

  close(): void {
    this.controller.abort();
  }

  private async block(): Promise<string> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        return block;
      }
      const { done, value = '' } = await this.chunk();
      if (done) throw new Error('the stream ended');
      this.text += value;
    }
  }

  private async chunk(withinMs = patienceMs): Promise<{ readonly done: boolean; readonly value?: string | undefined }> {
    const timer = setTimeout(() => {
      this.controller.abort(new Error(`nothing came within ${withinMs} ms`));
    }, withinMs);
    try {
      return await this.body.read();
    } finally {
      clearTimeout(timer);
    }
  }
}

function parse(block: string): ReadEvent {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const data = fields.get('data');
  return {
    name: fields.get('event') ?? '',
    id: fields.get('id'),
    data: data === undefined ? undefined : JSON.parse(data),
  };
}
