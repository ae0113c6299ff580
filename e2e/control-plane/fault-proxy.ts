import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request as forward } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ControlPlane } from './control-plane.ts';
import { credentialsIn } from './kubeconfig.ts';

/** What becomes of a request instead of its answer. */
export type Fault =
  /** This answer. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown }
  /** Nothing at all, while the connection stays open. */
  | 'silence';

/** Says what happens to a request; undefined lets it pass. */
export type Faults = (method: string, url: URL) => Fault | undefined;

/**
 * An API server on loopback that passes everything on to the real one as one user, but for the faults that a drill
 * asks for. The user's kubeconfig leads here.
 */
export class FaultProxy {
  readonly #server;
  readonly #open = new Set<IncomingMessage>();
  /** Of the requests from now on. */
  faults: Faults = () => undefined;
  readonly kubeconfig: string;

  private constructor(server: ReturnType<typeof createServer>, kubeconfig: string) {
    this.#server = server;
    this.kubeconfig = kubeconfig;
  }

  static async start(plane: ControlPlane, user: string): Promise<FaultProxy> {
    const credentials = credentialsIn(readFileSync(await plane.kubeconfigOf(user), 'utf8'));
    const agent = new Agent({ keepAlive: true, ...credentials });
    const server = createServer(await plane.loopbackCertificate());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on a port has such an address.
    const { port } = server.address() as AddressInfo;
    const kubeconfig = await plane.kubeconfigOf(`${user}-by-proxy`, 'nobody', `https://127.0.0.1:${port}`);
    const proxy = new FaultProxy(server, kubeconfig);
    server.on('request', (request, response) => {
      proxy.#pass(new URL(request.url ?? '', plane.server), agent, request, response);
    });
    return proxy;
  }

  /** From now on nothing more arrives on what is open, and nobody is told: as when a firewall forgets connections. */
  freeze(): void {
    for (const answer of this.#open) answer.unpipe();
  }

  /** Cuts all connections at once. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(url: URL, agent: Agent, request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', headers } = request;
    const fault = this.faults(method, url);
    if (fault === 'silence') return;
    if (fault !== undefined) {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(JSON.stringify(fault.body));
      return;
    }
    const onward = forward(url, { method, agent, headers: { ...headers, host: url.host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      this.#open.add(answer);
      answer.on('close', () => {
        this.#open.delete(answer);
        if (!answer.complete) response.destroy();
      });
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}
