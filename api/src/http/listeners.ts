import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { once } from 'node:events';
import type { Identity } from '../tls/certificate-maker.ts';

/** A request's headers and body must have come by then, in ms. */
const requestMs = 30_000;
/** Agents push every ten seconds or so: a connection between two pushes stays open, in ms. */
const idleMs = 75_000;
/** How long requests under way may take once the process is asked to end, in ms. */
const graceMs = 5000;

/**
 * The two doors to one application: https for everybody, and plain http on 127.0.0.1 for who forwards a port. Give
 * `factory` to Fastify, then listen.
 */
export class Listeners {
  private secure: HttpsServer | undefined;
  private plain: Server | undefined;

  constructor(private readonly identity: Identity) {}

  readonly factory = (handler: RequestListener): Server | HttpsServer => {
    const timeouts = { requestTimeout: requestMs, headersTimeout: requestMs, keepAliveTimeout: idleMs };
    const { cert, key } = this.identity;
    this.secure = createHttpsServer({ cert, key, ...timeouts }, handler);
    this.plain = createHttpServer(timeouts, handler);
    return this.secure;
  };

  /** Opens the plain door; the other one is Fastify's to open. Returns its port. */
  async listenPlain(port: number): Promise<number> {
    if (this.plain === undefined) throw new Error('BUG: listening before Fastify asked for a server');
    this.plain.listen(port, '127.0.0.1');
    await once(this.plain, 'listening');
    return portOf(this.plain);
  }

  get securePort(): number {
    return this.secure === undefined ? 0 : portOf(this.secure);
  }

  /** Lets no new connection in, and ends those still open after a while. */
  close(): void {
    this.plain?.close();
    this.plain?.closeIdleConnections();
    setTimeout(() => {
      this.plain?.closeAllConnections();
      this.secure?.closeAllConnections();
    }, graceMs).unref();
  }
}

function portOf(server: Server | HttpsServer): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
