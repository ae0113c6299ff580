import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { Certificate } from './certificates.ts';

export interface KubeletAnswer {
  readonly status?: number;
  readonly body?: string | Buffer;
  /** Never answered when true. */
  readonly silent?: boolean;
}

/** A server with a kubelet's pages: fake in what it serves, real in how. */
export interface KubeletServer {
  readonly url: URL;
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

export async function startKubelet(
  certificate: Certificate,
  answer: (path: string, request: IncomingMessage) => KubeletAnswer,
): Promise<KubeletServer> {
  const requests: KubeletServer['requests'] = [];
  const server = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    const path = request.url ?? '';
    requests.push({ path, authorization: request.headers.authorization });
    const { status = 200, body = '', silent = false } = answer(path, request);
    if (!silent) response.writeHead(status).end(body);
  });
  return { url: await listen(server, 'https'), requests, close: () => close(server) };
}

export async function listen(server: Server, scheme: 'http' | 'https', port = 0): Promise<URL> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo; // TCP servers have one once they listen
  return new URL(`${scheme}://127.0.0.1:${bound}`);
}

export async function close(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections?.();
  await closed;
}
