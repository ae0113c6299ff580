import { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import { Agent } from 'undici';

/** A connection that cannot be made in this time is given up. */
const connectMs = 5000;

/** Where requests go and what proves who sends them. */
export interface Prepared {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Agent;
}

/**
 * Credentials by the Kubernetes client (KUBECONFIG, else the pod's ServiceAccount, whose token it reads anew every
 * minute), connections by one Agent of our own: the client's would make one, and one TLS handshake, for each request.
 */
export class Credentials {
  readonly #config: KubeConfig;
  #shared: { readonly proof: string; readonly agent: Agent } | undefined;

  constructor(config: KubeConfig) {
    this.#config = config;
  }

  static fromDefault(): Credentials {
    const config = new KubeConfig();
    config.loadFromDefault();
    return new Credentials(config);
  }

  async prepare(): Promise<Prepared> {
    const cluster = this.#config.getCurrentCluster();
    if (cluster === null) throw new Error('there is no current cluster in KUBECONFIG; set current-context in it');
    const options: RequestOptions = {};
    await this.#config.applyToHTTPSOptions(options);
    return { server: cluster.server, headers: headersOf(options), dispatcher: this.#agentFor(options) };
  }

  async close(): Promise<void> {
    await this.#shared?.agent.destroy();
  }

  /** The shared Agent; another one when the authority or the certificate has changed. */
  #agentFor({ ca, cert, key, rejectUnauthorized = true }: RequestOptions): Agent {
    const proof = [ca, cert, key].map(String).join('\n');
    if (this.#shared?.proof !== proof) {
      // What is under way there comes to its end; watches end within minutes.
      void this.#shared?.agent.close();
      const connect = { ca, cert, key, rejectUnauthorized, timeout: connectMs };
      const known = Object.fromEntries(Object.entries(connect).filter(([, value]) => value !== undefined));
      // Watches are silent for long: how long is for their reader to judge.
      this.#shared = { proof, agent: new Agent({ connect: known, bodyTimeout: 0 }) };
    }
    return this.#shared.agent;
  }
}

function headersOf({ headers = {} }: RequestOptions): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
