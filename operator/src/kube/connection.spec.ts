import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../../../agent/src/testing/certificates.ts';
import { KubeConnection } from './connection.ts';
import { Credentials } from './credentials.ts';

const certificate = selfSigned('kube-apiserver', 'IP:127.0.0.1');

describe('a connection to the API server', () => {
  let server: Server;
  let connection: KubeConnection;
  let folder: string;
  let handshakes: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    handshakes = 0;
    answer = (_request, response) => response.end('{"kind":"Thing"}');
    server = createServer({ ...certificate }, (request, response) => {
      answer(request, response);
    });
    server.on('secureConnection', () => handshakes++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    folder = mkdtempSync(join(tmpdir(), 'docksnap-operator-'));
    writeFileSync(join(folder, 'ca.crt'), certificate.cert);
    const config = new KubeConfig();
    const cluster = {
      name: 'c',
      server: `https://127.0.0.1:${port}`,
      caFile: join(folder, 'ca.crt'),
      skipTLSVerify: false,
    };
    config.loadFromClusterAndUser(cluster, { name: 'u', token: 'a-token' });
    connection = new KubeConnection(new Credentials(config));
  });
  afterEach(async () => {
    await connection.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(folder, { recursive: true });
  });

  it('is used again and again, whatever the number of requests', async () => {
    for (let count = 0; count < 20; count++) await connection.request('GET', '/api');
    // A second one is opened when a request comes before the first is seen to be free.
    expect(handshakes).toBeLessThanOrEqual(2);
  });

  it('is made anew when the authority changes', async () => {
    await connection.request('GET', '/api');
    writeFileSync(join(folder, 'ca.crt'), selfSigned('another').cert);
    await expect(connection.request('GET', '/api')).rejects.toThrow('did not answer');
    writeFileSync(join(folder, 'ca.crt'), certificate.cert);
    await connection.request('GET', '/api');
    expect(handshakes).toBe(2);
  });

  it('sends credentials, query, content type and body', async () => {
    let seen: unknown;
    answer = (request, response) => {
      const { method, url, headers } = request;
      seen = { method, url, type: headers['content-type'], authorization: headers.authorization };
      response.end('{}');
    };
    const contentType = 'application/apply-patch+yaml';
    await connection.request('PATCH', '/thing', { query: { force: true, none: undefined }, contentType, body: {} });
    expect(seen).toEqual({
      method: 'PATCH',
      url: '/thing?force=true',
      type: contentType,
      authorization: 'Bearer a-token',
    });
  });

  it.each([
    ['a Status', '{"kind":"Status","reason":"Forbidden","message":"you may not"}', 'Forbidden', 'you may not'],
    ['what a proxy says', '<html>no</html>', '', '<html>no</html>'],
  ])('turns a refusal into words: %s', async (_sentence, body, reason, words) => {
    answer = (_request, response) => response.writeHead(403).end(body);
    const refused = connection.request('GET', '/thing');
    await expect(refused).rejects.toMatchObject({ status: 403, reason });
    await expect(refused).rejects.toThrow(`GET /thing: the API server answered 403: ${words}`);
    await expect(refused).rejects.not.toThrow('a-token');
  });

  it('waits no longer than it was told', async () => {
    answer = () => undefined;
    const silent = connection.request('GET', '/thing', { timeoutMs: 50 });
    await expect(silent).rejects.toMatchObject({ status: undefined, reason: 'Unreachable' });
  });
});
