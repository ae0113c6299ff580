import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../../../agent/src/testing/certificates.ts';
import { selfSigned } from '../../../agent/src/testing/certificates.ts';
import type { LocalApi } from '../../local-api/local-api.ts';
import { startLocalApi } from '../../local-api/local-api.ts';
import type { ApiClient } from '../../system/support/api-client.ts';
import { agentBundle } from './agent-bundle.ts';
import { DrilledNode, type Surroundings } from './drilled-node.ts';
import { ensureFaultPrograms } from './fault-programs.ts';
import { Toxiproxy } from './toxiproxy.ts';

/** What all drills share: a real API with its database, the agent's bundle, Toxiproxy. Each drill has a node of its own. */
export class Site implements Surroundings {
  readonly folder: string;
  readonly api: LocalApi;
  readonly client: ApiClient;
  readonly toxiproxy: Toxiproxy;
  readonly bundle: string;
  readonly #certificate: Certificate = selfSigned('node');
  readonly #nodes: DrilledNode[] = [];

  private constructor(
    folder: string,
    parts: { api: LocalApi; client: ApiClient; toxiproxy: Toxiproxy; bundle: string },
  ) {
    this.folder = folder;
    this.api = parts.api;
    this.client = parts.client;
    this.toxiproxy = parts.toxiproxy;
    this.bundle = parts.bundle;
  }

  static async start(folder: string): Promise<Site> {
    await ensureFaultPrograms();
    const bundle = await agentBundle();
    const toxiproxy = await Toxiproxy.start(folder);
    const api = await startLocalApi(folder);
    return new Site(folder, { api, client: await api.signedIn(), toxiproxy, bundle });
  }

  /** A node with a kubelet, the ways to it and to the API, and a token; its agent is started by the drill. */
  async node(name: string): Promise<DrilledNode> {
    await this.api.addNode(name);
    const folder = join(this.folder, name);
    await mkdir(folder);
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, await this.api.agentToken(name), { mode: 0o600 });
    const node = await DrilledNode.start({ name, folder, tokenFile, site: this, certificate: this.#certificate });
    this.#nodes.push(node);
    return node;
  }

  async stop(): Promise<void> {
    for (const node of this.#nodes) await node.stop();
    await this.api.stop();
    await this.toxiproxy.stop();
  }
}
