import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { containerListSchema, limits, madeReadTokenSchema, readTokenListSchema, type Scope } from '@docksnap/contract';
import { Metrics } from '../../metrics/metrics.ts';
import { Client, pushAs } from '../../testing/client.ts';
import { connected } from '../../testing/connected.ts';
import { examplePush } from '../../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../../testing/running-api.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../../testing/trial-database.ts';
import { AdminPassword } from '../accounts/admin-password.ts';
import { believedMs } from '../believed.ts';
import { PersonScopes } from '../person-scopes.ts';
import { refusalLimits } from './refused-tokens.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const dayMs = 86_400_000;
const all: Scope = { kind: 'all' };
const clock = new TestClock(noonMs + 5000);

let database: TrialDatabase;
let api: RunningApi;
let replica: RunningApi;
let cookie = '';
let scope: Scope = all;
const logged: string[] = [];

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  const password: AdminPassword = { first: async () => Promise.resolve('correct horse battery staple') };
  const overrides = [[PersonScopes, scopes] as const, [AdminPassword, password] as const];
  const asked = { uri: database.uri, clock, overrides };
  api = await runningApi(asked);
  replica = await runningApi(asked);
  const write = (...words: unknown[]): void => void logged.push(JSON.stringify(words));
  for (const { app } of [api, replica]) app.useLogger({ log: write, warn: write, error: write });
  for (const node of ['node-1', 'node-2'] as const) await pushAs(api, node, examplePush(node, noonMs));
  ({ cookie } = await Client.login(api));
}, 60_000);

afterAll(async () => {
  await api.stop();
  await replica.stop();
  await database.remove();
});

beforeEach(async () => {
  scope = all;
  clock.advance(refusalLimits.windowMs);
  const connection = await connected(database.uri);
  await connection.collection('readTokens').deleteMany({});
  await connection.close();
});

async function asPerson(method: string, path = '', body?: unknown, headers = {}): Promise<Response> {
  return fetch(`${api.url}/api/v1/read-tokens${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function made(body: object = {}) {
  const answer = await asPerson('POST', '', { name: 'prometheus', ...body });
  expect(answer.status).toBe(201);
  return madeReadTokenSchema.parse(await answer.json());
}

async function read(token: string, path = '/api/v1/containers', at = api, method = 'GET'): Promise<Response> {
  return fetch(at.url + path, { method, headers: { authorization: `Bearer ${token}` } });
}

describe('a read token', () => {
  it('is shown once, reads on every replica, and is listed without its secret', async () => {
    const { token, ...rest } = await made();
    expect(token).toMatch(/^dsr_[0-9a-f]{16}_[\w-]{43}$/);
    expect(rest).toMatchObject({ name: 'prometheus', scope: all, createdBy: 'admin' });
    expect(rest.expiresAtMs - rest.createdAtMs).toBe(90 * dayMs);
    for (const at of [api, replica]) expect((await read(token, '/api/v1/nodes', at)).status).toBe(200);
    const list = await (await asPerson('GET')).text();
    expect(readTokenListSchema.parse(JSON.parse(list)).items).toEqual([rest]);
    expect(list).not.toContain(token.slice(-43));
  });

  it('is stored as a hash alone, and in no log', async () => {
    const { token, id } = await made();
    await read(token, '/api/v1/nodes');
    await read(`${token.slice(0, -1)}.`);
    await asPerson('DELETE', `/${id}`);
    await read(token, '/api/v1/nodes');
    const { token: other } = await made();
    const connection = await connected(database.uri);
    const stored = JSON.stringify(await connection.collection('readTokens').find().toArray());
    await connection.close();
    expect(stored).toContain('"hash"');
    const secrets = [token, other].map((text) => text.slice(-43, -1));
    expect(logged.length).toBeGreaterThan(3);
    for (const text of [stored, ...logged]) for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('sees its namespaces alone', async () => {
    const { token, scope: shown } = await made({ namespaces: ['billing'] });
    expect(shown).toEqual({ kind: 'namespaces', namespaces: ['billing'] });
    const { items, total } = containerListSchema.parse(await (await read(token)).json());
    expect([total, items.map(({ namespace }) => namespace)]).toEqual([1, ['billing']]);
    expect((await read(token, '/api/v1/nodes')).status).toBe(403);
  });

  it('never sees more than its maker does now', async () => {
    const { token } = await made();
    const { token: both } = await made({ namespaces: ['shop', 'billing'] });
    scope = { kind: 'namespaces', namespaces: ['billing', 'other'] };
    for (const each of [token, both]) {
      const { items } = containerListSchema.parse(await (await read(each)).json());
      expect(items.map(({ namespace }) => namespace)).toEqual(['billing']);
    }
  });

  it('opens nothing within seconds of its revocation, here at once', async () => {
    const { token, id } = await made();
    for (const at of [api, replica]) expect((await read(token, '/api/v1/nodes', at)).status).toBe(200);
    expect((await asPerson('DELETE', `/${id}`)).status).toBe(204);
    expect((await read(token, '/api/v1/nodes')).status).toBe(401);
    clock.advance(believedMs);
    expect((await read(token, '/api/v1/nodes', replica)).status).toBe(401);
    expect((await asPerson('DELETE', `/${id}`)).status).toBe(404);
  });

  it('opens nothing from the moment of its expiry on', async () => {
    const { token } = await made({ expiresInDays: 1 });
    // The session that made it ends before: only the token is asked about.
    clock.advance(dayMs - 1);
    expect((await read(token, '/api/v1/nodes')).status).toBe(200);
    clock.advance(1);
    expect((await read(token, '/api/v1/nodes')).status).toBe(401);
    ({ cookie } = await Client.login(api));
  });

  it.each([
    ['GET', '/api/v1/auth/me'],
    ['GET', '/api/v1/read-tokens'],
    ['POST', '/api/v1/read-tokens'],
    ['DELETE', '/api/v1/read-tokens/x'],
    ['POST', '/api/v1/auth/logout'],
    ['POST', '/api/v1/blocks'],
    ['GET', '/api/v1/reporting'],
  ])('does not open %s %s', async (method, path) => {
    const { token } = await made();
    expect((await read(token, path, api, method)).status).toBe(401);
  });
});

describe('a token that is not good', () => {
  const secret = 'A'.repeat(43);

  it.each([
    ['of no form', 'malformed', () => 'dsr_x'],
    ['that was never made', 'unknown', () => `dsr_${'0'.repeat(16)}_${secret}`],
    ['with another secret', 'wrong', (token: string) => token.slice(0, -43) + secret],
  ])('%s is answered 401, and counted as %s', async (_sentence, reason, change) => {
    const { token } = await made();
    const before = await refusals(reason);
    const answer = await read(change(token));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
    expect(await refusals(reason)).toBe(before + 1);
  });

  it('makes others of its address wait after many, but not a token that is known', async () => {
    const { token } = await made();
    expect((await read(token, '/api/v1/nodes')).status).toBe(200);
    const statuses = [];
    for (let tried = 0; tried <= refusalLimits.perAddress; tried += 1) statuses.push((await read('dsr_x_y')).status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    const refused = await read(`dsr_${'0'.repeat(16)}_${secret}`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await read(token, '/api/v1/nodes')).status).toBe(200);
    clock.advance(refusalLimits.windowMs);
    expect((await read(`dsr_${'0'.repeat(16)}_${secret}`)).status).toBe(401);
  });

  async function refusals(reason: string): Promise<number> {
    const metric = api.app
      .get(Metrics, { strict: false })
      .registry.getSingleMetric('docksnap_read_tokens_refused_total');
    const { values = [] } = (await metric?.get()) ?? {};
    return values.find(({ labels }) => labels['reason'] === reason)?.value ?? 0;
  }
});

describe('POST /api/v1/read-tokens', () => {
  it.each([
    ['no name', { name: '' }, 'name'],
    ['a name with a line break', { name: 'a\nb' }, 'name'],
    ['a name that is an operator of the database', { name: { $ne: 'x' } }, 'name'],
    ['no namespace', { namespaces: [] }, 'namespaces'],
    ['a namespace that is none', { namespaces: ['$where'] }, 'namespaces.0'],
    ['no day', { expiresInDays: 0 }, 'expiresInDays'],
    ['more days than are allowed', { expiresInDays: limits.readTokenDays + 1 }, 'expiresInDays'],
    ['days that are no number', { expiresInDays: 'NaN' }, 'expiresInDays'],
    ['a member that nobody knows', { scope: all }, 'scope'],
  ])('refuses %s and names the field', async (_sentence, body, parameter) => {
    const answer = await asPerson('POST', '', { name: 'x', ...body });
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ parameter })]);
  });

  it('takes the longest time that is allowed', async () => {
    const { expiresAtMs, createdAtMs } = await made({ expiresInDays: limits.readTokenDays });
    expect(expiresAtMs - createdAtMs).toBe(limits.readTokenDays * dayMs);
  });

  it('gives nobody a token for what they do not see', async () => {
    scope = { kind: 'namespaces', namespaces: ['billing'] };
    const answer = await asPerson('POST', '', { name: 'x', namespaces: ['billing', 'shop'] });
    expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ parameter: 'namespaces' })]);
  });

  it('refuses a page of another origin', async () => {
    const answer = await asPerson('POST', '', { name: 'x' }, { origin: 'https://evil.example' });
    expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ code: 'foreign_origin' })]);
    expect((await asPerson('DELETE', '/x', undefined, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('refuses one more than a person may have; those expired do not count', async () => {
    for (let number = 0; number < limits.readTokensPerPerson; number += 1) await made({ expiresInDays: 1 });
    expect((await asPerson('POST', '', { name: 'x' })).status).toBe(409);
    clock.advance(dayMs);
    ({ cookie } = await Client.login(api));
    await made();
  });
});
