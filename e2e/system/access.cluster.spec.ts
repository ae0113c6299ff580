import { beforeAll, describe, expect, it } from '@jest/globals';
import { errorAnswerSchema, meSchema, nodeListSchema } from '@docksnap/contract';
import { ApiClient } from './support/api-client.ts';
import { agentPodOn, agentToken, consoleOrigin, kubectl, signedIn } from './support/system.ts';

/** A push with nothing in it: enough to see who is let in. */
const emptyPush = { blocks: [] };

async function push(token: string | undefined, body: unknown = emptyPush): Promise<Response> {
  return fetch(`${consoleOrigin()}/api/v1/blocks`, {
    method: 'POST',
    signal: AbortSignal.timeout(15_000),
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

async function codeOf(answer: Response): Promise<string> {
  return errorAnswerSchema.parse(await answer.json()).code;
}

describe('people', () => {
  it('are let in with the password of the Secret, and known afterwards', async () => {
    const me = await (await signedIn()).get('/api/v1/auth/me', meSchema);
    expect(me).toEqual({ username: 'admin', scope: { kind: 'all' } });
  });

  it('are refused with another password', async () => {
    const stranger = new ApiClient(consoleOrigin());
    expect(await stranger.login('nobody-by-this-name', 'not the password')).toBe(401);
    expect((await stranger.send('GET', '/api/v1/nodes')).status).toBe(401);
  });

  it('are out after logging out', async () => {
    const client = await signedIn();
    expect((await client.send('POST', '/api/v1/auth/logout')).status).toBe(204);
    expect((await client.send('GET', '/api/v1/nodes')).status).toBe(401);
  });

  it.each([
    '/api/v1/nodes',
    '/api/v1/containers',
    '/api/v1/workloads',
    '/api/v1/series',
    '/api/v1/samples',
    '/api/v1/stream',
  ])('need a session for %s', async (path) => {
    expect((await new ApiClient(consoleOrigin()).send('GET', path)).status).toBe(401);
  });
});

describe('agents', () => {
  let pod = '';

  beforeAll(async () => {
    pod = await agentPodOn('node1');
  });

  it('are refused without a token', async () => {
    expect((await push(undefined)).status).toBe(401);
  });

  it('are refused with a token for another audience', async () => {
    const token = await agentToken({ pod, audience: 'https://kubernetes.default.svc' });
    const answer = await push(token);
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'unauthenticated']);
  });

  it('are refused when the right audience is in the token of another ServiceAccount', async () => {
    const token = (
      await kubectl(
        'create',
        'token',
        'default',
        '-n',
        'docksnap',
        '--audience',
        'docksnap-ingest',
        '--duration',
        '10m',
      )
    ).trim();
    const answer = await push(token);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'forbidden']);
  });

  it('are let in with the token of their pod, which opens nothing else', async () => {
    const token = await agentToken({ pod, audience: 'docksnap-ingest' });
    const letIn = await push(token);
    expect([letIn.status, await codeOf(letIn)]).toEqual([400, 'malformed_block']);
    const reading = await fetch(`${consoleOrigin()}/api/v1/nodes`, {
      signal: AbortSignal.timeout(15_000),
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reading.status).toBe(401);
  });

  it("cannot write another node's data", async () => {
    const client = await signedIn();
    const before = await client.get('/api/v1/nodes', nodeListSchema);
    const token = await agentToken({ pod, audience: 'docksnap-ingest' });
    const answer = await push(token, {
      blocks: [
        {
          epoch: '0'.repeat(32),
          firstSeq: 1,
          intervalMs: 10_000,
          tickTimes: [Date.now()],
          entities: [{ kind: 'node', key: 'node', description: { kind: 'node', name: 'node2' } }],
          groups: [],
        },
      ],
    });
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'forbidden']);
    const after = await client.get('/api/v1/nodes', nodeListSchema);
    expect(after.items.map((node) => node.name)).toEqual(before.items.map((node) => node.name));
  });
});
