import { createServer, type Server } from 'node:http';
import { close, listen } from '../../../agent/src/testing/kubelet-server.ts';

/** Takes what is pushed, by DockSnap's protocol or Prometheus', and counts it. */
export class Sink {
  #server: Server | undefined;
  url = new URL('http://127.0.0.1');
  /** Bytes of bodies. */
  readonly bodies: number[] = [];
  /** When the first push came, unix ms; 0 before. */
  firstMs = 0;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.once('end', () => {
        if (this.firstMs === 0) this.firstMs = Date.now();
        this.bodies.push(bytes);
        const isOurs = request.url === '/api/v1/blocks';
        response.writeHead(isOurs ? 200 : 204).end(isOurs ? '{"stored":1,"duplicate":0}' : undefined);
      });
    });
    this.url = await listen(this.#server, 'http');
  }

  async stop(): Promise<void> {
    if (this.#server !== undefined) await close(this.#server);
  }
}
