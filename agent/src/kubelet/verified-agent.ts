import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { messageOf } from '../errors.ts';
import type { PresentedCertificate } from './trust.ts';

/** Throws when the certificate is not to be trusted; then nothing has been sent. */
export type Verify = (presented: PresentedCertificate) => void;

export interface VerifiedAgentOptions {
  readonly hostname: string;
  readonly port: number;
  /** The name that the certificate must bear. */
  readonly nodeName: string;
  /** PEM of the CA that is asked for each new connection; undefined: there is none, and nothing verifies. */
  readonly ca: () => string | undefined;
  readonly verify: Verify;
  readonly connectTimeoutMs: number;
}

function presentedBy(socket: TLSSocket): PresentedCertificate {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return { verifyError: 'it showed no certificate', spkiSha256: '' };
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return {
    // An error for most causes, whatever the typings say, and a code for some.
    verifyError: socket.authorized ? undefined : messageOf(socket.authorizationError),
    spkiSha256: createHash('sha256').update(spki).digest('hex'),
  };
}

/**
 * An https agent, one kept-alive connection, that hands out a connection only after the certificate was judged, so
 * that the bearer token never reaches a kubelet that is not trusted.
 */
export class VerifiedAgent extends Agent {
  readonly #options: VerifiedAgentOptions;

  constructor(options: VerifiedAgentOptions) {
    // Without session reuse each connection shows its certificate.
    super({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0 });
    this.#options = options;
  }

  override createConnection(_options: unknown, created?: (error: Error | null, stream: Duplex) => void): undefined {
    const { hostname, port, nodeName, ca, verify, connectTimeoutMs } = this.#options;
    const socket = connect({
      host: hostname,
      port,
      servername: isIP(nodeName) === 0 ? nodeName : '',
      ca: ca() ?? [],
      minVersion: 'TLSv1.2',
      // Judged below, before the connection is used.
      rejectUnauthorized: false,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(nodeName, certificate),
    });
    const fail = (error: Error): void => {
      socket.destroy();
      created?.(error, socket);
    };
    const timeout = setTimeout(() => {
      fail(Object.assign(new Error(`no connection within ${connectTimeoutMs} ms`), { code: 'ETIMEDOUT' }));
    }, connectTimeoutMs);
    socket.once('error', fail);
    socket.once('close', () => {
      clearTimeout(timeout);
    });
    socket.once('secureConnect', () => {
      clearTimeout(timeout);
      socket.off('error', fail);
      try {
        verify(presentedBy(socket));
      } catch (error) {
        fail(error instanceof Error ? error : new Error(messageOf(error)));
        return;
      }
      created?.(null, socket);
    });
  }
}
