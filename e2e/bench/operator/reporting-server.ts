import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import type { NodeIdentity } from './fleet.ts';

/** In place of the API, which has no node here that pushes: it says of every node that it reported just now. */
export class ReportingServer {
  readonly #server;
  nodes: readonly NodeIdentity[] = [];
  /** What the operator needs in its environment to ask here. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(server: ReturnType<typeof createServer>, env: Readonly<Record<string, string>>) {
    this.#server = server;
    this.env = env;
    server.on('request', (_request, response) => {
      const nowMs = Date.now();
      const rest = {
        lastReceivedMs: nowMs,
        intervalMs: 10_000,
        backlogTicks: 0,
        clockSkewMs: 0,
        agentVersion: '1.0.0',
      };
      response.end(JSON.stringify({ nowMs, nodes: this.nodes.map((node) => ({ ...node, ...rest, problems: [] })) }));
    });
  }

  static async start(plane: ControlPlane, folder: string): Promise<ReportingServer> {
    const server = createServer(await plane.loopbackCertificate());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [ca, token] = [join(folder, 'ca.crt'), join(folder, 'token')];
    writeFileSync(ca, plane.authority);
    writeFileSync(token, 'a-token');
    return new ReportingServer(server, {
      DOCKSNAP_API_URL: `https://127.0.0.1:${port}`,
      DOCKSNAP_API_CA_FILE: ca,
      DOCKSNAP_OPERATOR_TOKEN_FILE: token,
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
