import { setTimeout as wait } from 'node:timers/promises';
import type { RunningApi } from './running-api.ts';
import { AdminPassword } from '../access/accounts/admin-password.ts';

/** The database is slow, or the node pushes more at once than it may. */
const comeAgain = [429, 503];
const patienceMs = 60_000;
const pauseMs = 1000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; null where there is none. */
  readonly body: unknown;
}

/** Speaks to a running API as a person would: logged in by the first password. */
export class Client {
  private constructor(
    private readonly url: string,
    readonly cookie: string,
  ) {}

  static async login(api: RunningApi): Promise<Client> {
    const password = await api.app.get(AdminPassword, { strict: false }).first();
    const answer = await fetch(`${api.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    if (answer.status !== 204) throw new Error(`login was answered with ${answer.status}: ${await answer.text()}`);
    return new Client(api.url, answer.headers.get('set-cookie')?.split(';')[0] ?? '');
  }

  /** The same session at another API on the same database. */
  at(api: RunningApi): Client {
    return new Client(api.url, this.cookie);
  }

  async get(path: string): Promise<Answer> {
    return answerOf(await fetch(this.url + path, { headers: { cookie: this.cookie } }));
  }

  async post(path: string): Promise<Answer> {
    return answerOf(await fetch(this.url + path, { method: 'POST', headers: { cookie: this.cookie } }));
  }
}

/** Pushes as a node's agent. */
export async function pushAs(api: RunningApi, node: string, push: unknown): Promise<Answer> {
  return answerOf(
    await fetch(`${api.url}/api/v1/blocks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer agent-${node}` },
      body: JSON.stringify(push),
    }),
  );
}

/** Pushes as an agent does that is told to come again: a loaded machine may take a while. Rejects after a minute. */
export async function mustTake(api: RunningApi, node: string, push: unknown): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { status, body } = await pushAs(api, node, push);
    if (status === 200) return;
    if (!comeAgain.includes(status) || Date.now() > deadline) {
      throw new Error(`the push of ${node} was answered ${status}: ${JSON.stringify(body)}`);
    }
    await wait(pauseMs);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body: unknown = isJson ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, body };
}
