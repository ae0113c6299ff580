import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../../../agent/src/testing/certificates.ts';
import { freePort } from '../../control-plane/free-port.ts';
import type { LocalApi } from '../../local-api/local-api.ts';
import type { ApiClient } from '../../system/support/api-client.ts';
import { until } from '../../system/support/until.ts';
import { AcknowledgingRelay } from './acknowledging-relay.ts';
import { AgentProcess } from './agent-process.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { ReplayedKubelet } from './replayed-kubelet.ts';
import type { Toxiproxy } from './toxiproxy.ts';

const awaitMs = 120_000;

/** What nodes share. */
export interface Surroundings {
  readonly api: LocalApi;
  readonly client: ApiClient;
  readonly toxiproxy: Toxiproxy;
  /** Path of the agent's bundle. */
  readonly bundle: string;
}

interface NodeParts {
  readonly name: string;
  readonly folder: string;
  readonly tokenFile: string;
  readonly site: Surroundings;
  readonly certificate: Certificate;
}

export interface AgentOptions {
  /** Over those that every drill has. */
  readonly env?: Readonly<Record<string, string>>;
  readonly bundle?: string;
  readonly through?: readonly string[];
}

/** kubelet → recording proxy → agent → Toxiproxy → relay → API: everything counted on both sides of one agent. */
export class DrilledNode {
  readonly name: string;
  readonly folder: string;
  readonly spool: string;
  readonly kubelet = new ReplayedKubelet();
  readonly proxy = new RecordingProxy();
  readonly relay = new AcknowledgingRelay();
  readonly startedMs = Date.now();
  readonly site: Surroundings;
  readonly #tokenFile: string;
  /** In the order in which they were started. */
  readonly agents: AgentProcess[] = [];
  #apiPort = 0;

  private constructor({ name, folder, tokenFile, site }: NodeParts) {
    this.name = name;
    this.folder = folder;
    this.spool = join(folder, 'spool');
    this.site = site;
    this.#tokenFile = tokenFile;
  }

  static async start(parts: NodeParts): Promise<DrilledNode> {
    const node = new DrilledNode(parts);
    await node.kubelet.start(parts.certificate);
    await node.proxy.start(parts.certificate, node.kubelet.url);
    await node.relay.start(parts.site.api.origin);
    node.#apiPort = await parts.site.toxiproxy.before(node.name, node.relay.port);
    return node;
  }

  /** Where the agent finds the API. */
  get apiPort(): number {
    return this.#apiPort;
  }

  /** What its agents push with. */
  async token(): Promise<string> {
    return (await readFile(this.#tokenFile, 'utf8')).trim();
  }

  /** What its agents are configured with, and more. */
  async environment(more: Readonly<Record<string, string>> = {}): Promise<Readonly<Record<string, string>>> {
    return {
      DOCKSNAP_NODE_NAME: this.name,
      DOCKSNAP_KUBELET_URL: this.proxy.url.origin,
      DOCKSNAP_API_URL: `http://127.0.0.1:${this.#apiPort}`,
      DOCKSNAP_INGEST_TOKEN_FILE: this.#tokenFile,
      DOCKSNAP_SPOOL_DIR: this.spool,
      DOCKSNAP_SCRAPE_INTERVAL_SECONDS: '1',
      DOCKSNAP_CADVISOR_EVERY: '60',
      DOCKSNAP_LISTEN: `127.0.0.1:${await freePort()}`,
      ...more,
    };
  }

  async agent({ env = {}, bundle = this.site.bundle, through = [] }: AgentOptions = {}): Promise<AgentProcess> {
    const log = join(this.folder, `agent-${this.agents.length}.log`);
    const agent = new AgentProcess({ bundle, through, log, env: await this.environment(env) });
    this.agents.push(agent);
    return agent;
  }

  /** Waits until the newest agent has nothing left to send. */
  async drained(withinMs = awaitMs): Promise<void> {
    const agent = this.agents.at(-1);
    const isDrained = async (): Promise<boolean> => (await agent?.metric('docksnap_agent_backlog_ticks')) === 0;
    await this.until('no backlog', isDrained, withinMs);
  }

  /** Waits until so many more pages were handed to the agent. */
  async collect(more: number): Promise<void> {
    const goal = this.proxy.collected.length + more;
    await this.until(`${more} more pages collected`, () => this.proxy.collected.length >= goal);
  }

  async until(what: string, holds: () => boolean | Promise<boolean>, withinMs = awaitMs): Promise<void> {
    await until(`${this.name}: ${what}`, withinMs, async () => holds());
  }

  async stop(): Promise<void> {
    for (const agent of this.agents) await agent.end('SIGKILL');
    await this.proxy.stop();
    await this.kubelet.stop();
    await this.relay.stop();
  }
}
