import type * as z from 'zod';

const timeoutMs = 15_000;

/** Speaks to the API as a person's browser does: a cookie, an Origin, JSON. */
export class ApiClient {
  #cookie: string;
  readonly origin: string;

  /** cookie: of a session that another client has opened. */
  constructor(origin: string, cookie = '') {
    this.origin = origin;
    this.#cookie = cookie;
  }

  /** The session as a browser would send it: `name=value`. */
  get cookie(): string {
    return this.#cookie;
  }

  /** The status of the login's answer; its cookie is kept for what follows. */
  async login(username: string, password: string): Promise<number> {
    const answer = await this.send('POST', '/api/v1/auth/login', { username, password });
    const [pair] = (answer.headers.getSetCookie()[0] ?? '').split(';');
    if (pair !== undefined && pair !== '') this.#cookie = pair;
    return answer.status;
  }

  /** The answer's body, checked; throws with the status and the body when it is not 200. */
  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const answer = await this.send('GET', path);
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${body.slice(0, 500)}`);
    return schema.parse(JSON.parse(body));
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, this.origin), {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        origin: this.origin,
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
