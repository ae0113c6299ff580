/** The API with its database on loopback, and a real API server of Kubernetes that says whose tokens are whose. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonPush } from '@docksnap/contract';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { ensureTrialDatabase } from '../cluster/toolchain/trial-database.ts';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { freePort } from '../control-plane/free-port.ts';
import { Program } from '../control-plane/program.ts';
import { ApiClient } from '../system/support/api-client.ts';
import { until } from '../system/support/until.ts';
import { agentPodOf, nodeName, nodeObjects, objects, releaseNamespace } from './objects.ts';

const readyMs = 90_000;
const askMs = 30_000;

/** Make it by {@link startLocalApi}; {@link stop} leaves nothing behind but its log. */
export class LocalApi {
  readonly origin: string;
  readonly log: string;
  readonly #plane: ControlPlane;
  readonly #programs: readonly Program[];

  constructor(plane: ControlPlane, { origin, log }: { origin: string; log: string }, programs: readonly Program[]) {
    this.#plane = plane;
    this.origin = origin;
    this.log = log;
    this.#programs = programs;
  }

  /** Process of the API itself. */
  get pid(): number {
    return this.#programs.at(-1)?.pid ?? 0;
  }

  /** A node besides node-1, with an agent's pod. */
  async addNode(node: string): Promise<void> {
    for (const object of nodeObjects(node)) await this.#plane.apply(object);
  }

  /** A token of the agents' ServiceAccount, bound to the pod of a node's agent as the kubelet would project it. */
  async agentToken(node = nodeName): Promise<string> {
    return this.#token(
      'docksnap-agent',
      'docksnap-ingest',
      '--bound-object-kind=Pod',
      `--bound-object-name=${agentPodOf(node)}`,
    );
  }

  async operatorToken(): Promise<string> {
    return this.#token('docksnap-operator', 'docksnap-operator');
  }

  /** Pushes as the agent of node-1. @throws Error when it is refused */
  async push(token: string, push: JsonPush): Promise<void> {
    const answer = await fetch(`${this.origin}/api/v1/blocks`, {
      method: 'POST',
      signal: AbortSignal.timeout(askMs),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(push),
    });
    if (!answer.ok) throw new Error(`a push was answered with ${answer.status}: ${await answer.text()}`);
  }

  /** A client with the admin's session. */
  async signedIn(): Promise<ApiClient> {
    const client = new ApiClient(this.origin);
    const password = await this.password();
    await until('signing in as admin', readyMs, async () => (await client.login('admin', password)) === 204);
    return client;
  }

  /** The admin's password, from the Secret that the API filled. */
  async password(): Promise<string> {
    const path = '{.data.password}';
    const args = ['get', 'secret', 'docksnap-admin', '-n', releaseNamespace, '-o', `jsonpath=${path}`];
    return Buffer.from(await this.#plane.kubectl(args), 'base64').toString();
  }

  async stop(): Promise<void> {
    for (const program of this.#programs.toReversed()) await program.end('SIGKILL');
    await this.#plane.stop();
  }

  async #token(account: string, audience: string, ...bound: string[]): Promise<string> {
    const args = ['create', 'token', account, '-n', releaseNamespace, '--audience', audience, ...bound];
    return (await this.#plane.kubectl(args)).trim();
  }
}

/** Starts all of it from this checkout. @param folder an empty one, for the database and the logs. */
export async function startLocalApi(folder: string): Promise<LocalApi> {
  await run(process.execPath, ['build.mjs'], { cwd: join(CHECKOUT, 'api') });
  const plane = await startControlPlane();
  try {
    for (const object of objects) await plane.apply(object);
    return await started(plane, folder);
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

async function started(plane: ControlPlane, folder: string): Promise<LocalApi> {
  const [database, https, http, metrics] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const data = join(folder, 'database');
  await mkdir(data);
  const databaseEnv = {
    DOCKSNAP_DATABASE_LISTEN: `127.0.0.1:${database}`,
    DOCKSNAP_DATABASE_DIR: data,
    DOCKSNAP_DATABASE_HEALTH_LISTEN: '',
    DOCKSNAP_DATABASE_TLS_DIR: '',
  };
  const apiEnv = {
    KUBECONFIG: plane.kubeconfig,
    DOCKSNAP_MONGODB_URI: `mongodb://127.0.0.1:${database}/docksnap`,
    DOCKSNAP_NAMESPACE: releaseNamespace,
    DOCKSNAP_HTTPS_PORT: String(https),
    DOCKSNAP_HTTP_PORT: String(http),
    DOCKSNAP_METRICS_PORT: String(metrics),
  };
  const log = join(folder, 'api.log');
  const programs = [
    new Program(withEnv(databaseEnv, [await ensureTrialDatabase()]), join(folder, 'database.log')),
    new Program(withEnv(apiEnv, [process.execPath, join(CHECKOUT, 'api/dist/main.js')]), log),
  ];
  const origin = `http://127.0.0.1:${http}`;
  const api = new LocalApi(plane, { origin, log }, programs);
  try {
    await until('a ready API', readyMs, async () => (await fetch(`${origin}/readyz`)).ok);
  } catch (error) {
    await api.stop();
    throw new Error(`the API did not become ready; it said:\n${(await readFile(log, 'utf8')).slice(-3000)}`, {
      cause: error,
    });
  }
  return api;
}

function withEnv(env: Readonly<Record<string, string>>, command: readonly string[]): string[] {
  return ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...command];
}
