import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { CHECKOUT } from '../../cluster/paths.ts';
import { ensureTrialDatabase } from '../../cluster/toolchain/trial-database.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { Program } from '../../control-plane/program.ts';
import { until } from '../peers/http.ts';

const startMs = 120_000;
const greetingSchema = z.object({ url: z.url(), password: z.string() });

/** The API and the trial database on loopback, each a process of its own. */
export class BenchApi {
  readonly url: string;
  readonly password: string;
  readonly #api: Program;
  readonly #database: Program;

  private constructor({ url, password }: z.infer<typeof greetingSchema>, api: Program, database: Program) {
    this.url = url;
    this.password = password;
    this.#api = api;
    this.#database = database;
  }

  get pid(): number {
    return this.#api.pid;
  }

  get databasePid(): number {
    return this.#database.pid;
  }

  /** @param folder an empty one, for the database and the logs. */
  static async start(folder: string): Promise<BenchApi> {
    const data = join(folder, 'database');
    await mkdir(data);
    const port = await freePort();
    const env = {
      DOCKSNAP_DATABASE_LISTEN: `127.0.0.1:${port}`,
      DOCKSNAP_DATABASE_DIR: data,
      DOCKSNAP_DATABASE_HEALTH_LISTEN: '',
      DOCKSNAP_DATABASE_TLS_DIR: '',
    };
    const database = new Program(withEnv(env, [await ensureTrialDatabase()]), join(folder, 'database.log'));
    const hook = join(CHECKOUT, 'e2e/gallery/decorators.mjs');
    const source = join(CHECKOUT, 'api/src/testing/bench/serve.ts');
    const log = join(folder, 'api.log');
    const command = [process.execPath, '--import', hook, source, `mongodb://127.0.0.1:${port}/docksnap`];
    const api = new Program(withEnv({ NODE_OPTIONS: '', TMPDIR: folder }, command), log);
    try {
      const greeting = await greetingIn(log);
      await until(`${greeting.url}/readyz`);
      return new BenchApi(greeting, api, database);
    } catch (error) {
      await Promise.all([api.end('SIGKILL'), database.end('SIGKILL')]);
      throw error;
    }
  }

  /** Bearer of a session's cookie: what a browser sends with each question. */
  async login(): Promise<string> {
    const answer = await fetch(`${this.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: this.password }),
      signal: AbortSignal.timeout(startMs),
    });
    if (answer.status !== 204) throw new Error(`the login was answered with ${answer.status}`);
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  async end(): Promise<void> {
    await this.#api.end('SIGTERM');
    await this.#database.end('SIGTERM');
  }
}

function withEnv(env: Readonly<Record<string, string>>, command: readonly string[]): string[] {
  return ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...command];
}

/** The first line that is JSON, once it is there. @throws with what was said instead. */
async function greetingIn(log: string): Promise<z.infer<typeof greetingSchema>> {
  const deadlineMs = Date.now() + startMs;
  for (;;) {
    const text = await readFile(log, 'utf8').catch(() => '');
    const line = text.split('\n').find((one) => one.startsWith('{') && one.endsWith('}'));
    if (line !== undefined) return greetingSchema.parse(JSON.parse(line));
    if (Date.now() > deadlineMs) throw new Error(`the API did not start within ${startMs} ms; it said: ${text}`);
    await wait(100);
  }
}
