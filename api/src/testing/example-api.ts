import { nodeListSchema, type JsonPush, type Scope } from '@docksnap/contract';
import { PersonScopes } from '../access/person-scopes.ts';
import { NodeWatch, type SeenNodes } from '../node-watch/node-watch.ts';
import { type Answer, Client, mustTake } from './client.ts';
import { examplePush } from './example-cluster.ts';
import { type RunningApi, runningApi } from './running-api.ts';
import { TestClock } from './test-clock.ts';
import { trialDatabase } from './trial-database.ts';

/** When the example's last tick was taken. */
export const noonMs = Date.UTC(2026, 10, 24, 12);
export const all: Scope = { kind: 'all' };
export const billing: Scope = { kind: 'namespaces', namespaces: ['billing'] };

/** The whole API over a real database, to which both nodes of the example have pushed; five seconds after noon. */
export class ExampleApi {
  /** What whoever asks may see. */
  scope: Scope = all;
  /** What Kubernetes says of the nodes. */
  seen: SeenNodes | null = null;
  readonly clock = new TestClock(noonMs + 5000);
  #api: RunningApi | undefined;
  #client: Client | undefined;
  #ids: Readonly<Record<string, string>> = {};
  #removeDatabase = async (): Promise<void> => Promise.resolve();

  async start(pushOf: (node: 'node-1' | 'node-2') => JsonPush = (node) => examplePush(node, noonMs)): Promise<void> {
    const database = await trialDatabase();
    this.#removeDatabase = async () => database.remove();
    const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(this.scope) };
    const watch: NodeWatch = { seen: () => this.seen };
    const api = await runningApi({
      uri: database.uri,
      clock: this.clock,
      overrides: [
        [PersonScopes, scopes],
        [NodeWatch, watch],
      ],
    });
    this.#api = api;
    for (const node of ['node-1', 'node-2'] as const) {
      await mustTake(api, node, pushOf(node));
    }
    this.#client = await Client.login(api);
    const nodes = nodeListSchema.parse((await this.#client.get('/api/v1/nodes')).body);
    this.#ids = Object.fromEntries(nodes.items.map(({ name, id }) => [name, id]));
  }

  async stop(): Promise<void> {
    await this.#api?.stop();
    await this.#removeDatabase();
  }

  /** A part of the running application. */
  part<T>(token: abstract new (...args: never[]) => T): T {
    if (this.#api === undefined) throw new Error('the example is not started');
    return this.#api.app.get<T>(token, { strict: false });
  }

  idOf(node: 'node-1' | 'node-2'): string {
    return this.#ids[node] ?? '';
  }

  /** An answer to GET /api/v1/…; `$node-1` stands for that node's id. */
  async get(path: string): Promise<Answer> {
    if (this.#client === undefined) throw new Error('the example is not started');
    return this.#client.get(`/api/v1/${path.replace(/\$(node-\d)/, (_, node: string) => this.#ids[node] ?? '')}`);
  }

  /** Where the API is, and the session that it knows: for questions that `get` does not ask. */
  get session(): { readonly url: string; readonly cookie: string } {
    if (this.#api === undefined || this.#client === undefined) throw new Error('the example is not started');
    return { url: this.#api.url, cookie: this.#client.cookie };
  }

  /** The body of an answer that must be 200. */
  async ask(path: string): Promise<unknown> {
    const { status, body } = await this.get(path);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}
