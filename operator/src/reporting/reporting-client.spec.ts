import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../../../agent/src/testing/certificates.ts';
import { ApiConnection } from '../api/api-connection.ts';
import { ReportingClient } from './reporting-client.ts';

const [first, second] = ['first', 'second'].map((name) => selfSigned(name, 'IP:127.0.0.1'));

describe('the client of the reports', () => {
  let server: Server;
  let url: string;
  let folder: string;
  let client: ReportingClient;
  const connections: ApiConnection[] = [];
  let answer: (response: ServerResponse) => void;
  let tokens: (string | undefined)[];

  beforeAll(async () => {
    server = createServer({ ...first }, (request, response) => {
      tokens.push(request.headers.authorization);
      answer(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docksnap-operator-'));
    tokens = [];
    answer = says(200, { nowMs: 5000, nodes: [{ ...node, lastReceivedMs: 4000 }] });
    put('token', 'one\n');
    put('ca.crt', first?.cert ?? '');
    client = made(url);
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
    rmSync(folder, { recursive: true });
  });

  const node = { name: 'n', uid: 'u', intervalMs: 10_000, backlogTicks: 0, agentVersion: '1', problems: [] };
  const put = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  function made(apiUrl: string, timeoutMs = 1000): ReportingClient {
    const [caFile, tokenFile] = [join(folder, 'ca.crt'), join(folder, 'token')];
    const connection = new ApiConnection({ apiUrl, caFile, tokenFile, timeoutMs });
    connections.push(connection);
    return new ReportingClient(connection);
  }
  function says(status: number, body: unknown) {
    return (response: ServerResponse): void => {
      response.writeHead(status).end(JSON.stringify(body));
    };
  }

  it('tells when each node was heard', async () => {
    expect(await client.ask()).toMatchObject({ nowMs: 5000, nodes: [{ uid: 'u', lastReceivedMs: 4000 }] });
  });

  it('reads its token anew each time', async () => {
    await client.ask();
    put('token', 'two\n');
    await client.ask();
    expect(tokens).toEqual(['Bearer one', 'Bearer two']);
  });

  it('waits for the authority, and follows it when it changes', async () => {
    rmSync(join(folder, 'ca.crt'));
    expect(await client.ask()).toMatchObject({
      reason: 'DestinationUnreachable',
      message: expect.stringContaining('ENOENT'),
    });
    put('ca.crt', second?.cert ?? '');
    expect(await client.ask()).toMatchObject({ reason: 'DestinationUnreachable' });
    put('ca.crt', first?.cert ?? '');
    expect(await client.ask()).toMatchObject({ nowMs: 5000 });
    expect(tokens).toHaveLength(1);
  });

  it.each([
    ['an unknown token', says(401, {}), 'CredentialsRejected'],
    ["another's token", says(403, {}), 'CredentialsRejected'],
    ['a database that is away', says(503, {}), 'DestinationUnreachable'],
    ['what is no answer', says(200, { nodes: 'many' }), 'DestinationUnreachable'],
    ['what is no JSON', (response: ServerResponse) => response.end('<html>'), 'DestinationUnreachable'],
    ['a connection that is cut', (response: ServerResponse) => response.destroy(), 'DestinationUnreachable'],
    ['silence', () => undefined, 'DestinationUnreachable'],
  ])('does not fail at %s, and never tells the token', async (_sentence, behaviour, reason) => {
    answer = behaviour;
    const reporting = await client.ask();
    expect(reporting).toMatchObject({ kind: 'unknown', reason });
    expect(JSON.stringify(reporting)).not.toContain('one"');
  });

  it('says the same of an API that is away each time, so that a status need not change', async () => {
    const gone = made('https://127.0.0.1:1');
    expect(await gone.ask()).toEqual(await gone.ask());
  });
});
