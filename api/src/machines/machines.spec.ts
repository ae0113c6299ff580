import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  authoritySchema,
  limits,
  machineListSchema,
  machineSchema,
  machineTokens,
  madeJoinTokenSchema,
  nodeListSchema,
  type Scope,
} from '@docksnap/contract';
import { decodeJwt, type JWTHeaderParameters, SignJWT } from 'jose';
import { AdminPassword } from '../access/accounts/admin-password.ts';
import { PersonScopes } from '../access/person-scopes.ts';
import { refusalLimits } from '../access/read-tokens/refused-tokens.ts';
import { Client } from '../testing/client.ts';
import { connected } from '../testing/connected.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { ApiAuthority } from './authority.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const minuteMs = 60_000;
const clock = new TestClock(noonMs);

let database: TrialDatabase;
let api: RunningApi;
let replica: RunningApi;
let cookie = '';
let scope: Scope = { kind: 'all' };
const logged: string[] = [];

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  const password: AdminPassword = { first: async () => Promise.resolve('correct horse battery staple') };
  const overrides = [[PersonScopes, scopes] as const, [AdminPassword, password] as const];
  api = await runningApi({ uri: database.uri, clock, overrides });
  replica = await runningApi({ uri: database.uri, clock, overrides });
  const write = (...words: unknown[]): void => void logged.push(JSON.stringify(words));
  for (const { app } of [api, replica]) app.useLogger({ log: write, warn: write, error: write });
  ({ cookie } = await Client.login(api));
}, 60_000);

afterAll(async () => {
  await api.stop();
  await replica.stop();
  await database.remove();
});

beforeEach(async () => {
  scope = { kind: 'all' };
  clock.advance(refusalLimits.windowMs);
  const connection = await connected(database.uri);
  for (const name of ['joinTokens', 'machines', 'machineNames']) await connection.collection(name).deleteMany({});
  await connection.close();
});

/** What a person sends, or with a bearer token, what a machine does. */
async function ask(method: string, path: string, body?: unknown, bearer?: string, at = api): Promise<Response> {
  const who = bearer === undefined ? { cookie } : { authorization: `Bearer ${bearer}` };
  return fetch(`${at.url}/api/v1${path}`, {
    method,
    headers: { ...who, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function invitation(body: object = {}) {
  const answer = await ask('POST', '/machines/join-tokens', body);
  expect(answer.status).toBe(201);
  return madeJoinTokenSchema.parse(await answer.json());
}

interface Key {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

function newKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey };
}

async function joined(name = 'dock-1') {
  const key = newKey();
  const { token } = await invitation();
  const answer = await ask('POST', '/machines', { name, publicKey: key.publicKey }, token);
  expect(answer.status).toBe(201);
  return { ...machineSchema.parse(await answer.json()), key, token };
}

interface Said {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A machine's token, good but for what is said otherwise; a claim of undefined is left out. */
async function signed(id: string, { privateKey }: Key, { header = {}, claims = {} }: Said = {}): Promise<string> {
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  const payload = { iss: id, aud: machineTokens.audience, iat: nowSeconds, exp: nowSeconds + 60, ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', typ: machineTokens.type, kid: id, ...header })
    .sign(privateKey);
}

async function push(bearer: string, at = api, node: 'node-1' | 'node-2' = 'node-1', name = node): Promise<number> {
  const text = JSON.stringify(examplePush(node, clock.nowMs() - 5000)).replaceAll(`"${node}"`, `"${name}"`);
  const answer = await ask('POST', '/blocks', JSON.parse(text), bearer, at);
  await answer.arrayBuffer();
  return answer.status;
}

describe('joining', () => {
  it('gives an identity for a token and a key, with which every replica takes pushes', async () => {
    const { id, name, key, invitedBy } = await joined('node-1');
    expect([id, name, invitedBy]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), 'node-1', 'admin']);
    for (const at of [api, replica]) expect(await push(await signed(id, key), at)).toBe(200);
    const { items } = nodeListSchema.parse(await (await ask('GET', '/nodes')).json());
    expect(items).toEqual([expect.objectContaining({ name: 'node-1', cluster: 'machines', state: 'reporting' })]);
  });

  it('tells by which authority the API is known, and its hash', async () => {
    const answer = authoritySchema.parse(await (await fetch(`${api.url}/api/v1/machines/authority`)).json());
    expect(answer.certificate).toBe(api.ca);
    const { caCertHash, url } = await invitation();
    expect(caCertHash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([caCertHash, url]).toEqual([new ApiAuthority(api.ca).hash, null]);
  });

  it('lets one machine in by one token, which may ask again when the answer was lost', async () => {
    const { token, key, id } = await joined();
    const again = await ask('POST', '/machines', { name: 'dock-1', publicKey: key.publicKey }, token, replica);
    expect([again.status, machineSchema.parse(await again.json()).id]).toEqual([201, id]);
    const other = await ask('POST', '/machines', { name: 'dock-2', publicKey: newKey().publicKey }, token, replica);
    expect(other.status).toBe(401);
  });

  it('lets one in of many that show one token at once', async () => {
    const { token } = await invitation();
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, number) => {
        const body = { name: 'dock', publicKey: newKey().publicKey };
        return (await ask('POST', '/machines', body, token, number % 2 === 0 ? api : replica)).status;
      }),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(11);
  });

  it('numbers machines of one name, and gives a name again once its machine was removed', async () => {
    const [first, second, third] = [await joined(), await joined(), await joined()];
    expect([first.name, second.name, third.name]).toEqual(['dock-1', 'dock-1-2', 'dock-1-3']);
    await ask('DELETE', `/machines/${second.id}`);
    expect((await joined()).name).toBe('dock-1-2');
  });

  it('refuses a token that has expired, to the second', async () => {
    const { token, expiresAtMs } = await invitation({ expiresInMinutes: 1 });
    expect(expiresAtMs - clock.nowMs()).toBe(minuteMs);
    clock.advance(minuteMs);
    const answer = await ask('POST', '/machines', { name: 'late', publicKey: newKey().publicKey }, token);
    expect(answer.status).toBe(401);
  });

  it.each([
    ['no token of that form', (token: string) => `${token}x`],
    ['another secret', (token: string) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')],
    ['a token that was never made', (token: string) => `dsj_${'0'.repeat(16)}${token.slice(20)}`],
    ['a read token', (token: string) => token.replace('dsj', 'dsr')],
  ])('refuses %s with 401', async (_sentence, wrong) => {
    const { token } = await invitation();
    const body = { name: 'dock-1', publicKey: newKey().publicKey };
    expect((await ask('POST', '/machines', body, wrong(token))).status).toBe(401);
  });

  it.each([
    ['a key that is too short', { publicKey: 'abc' }, 'publicKey'],
    ['a name with a blank', { name: 'my machine' }, 'name'],
    ['something else', { admin: true }, 'admin'],
  ])('answers 422 to %s, naming it', async (_sentence, wrong, named) => {
    const { token } = await invitation();
    const body = { name: 'dock-1', publicKey: newKey().publicKey, ...wrong };
    const answer = await ask('POST', '/machines', body, token);
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(named)]);
  });

  it('slows down an address that tries many tokens', async () => {
    for (let tries = 0; tries < refusalLimits.perAddress; tries++) await ask('POST', '/machines', {}, 'dsj_none');
    const answer = await ask('POST', '/machines', {}, 'dsj_none');
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
  });

  it.each([[0], [limits.joinTokenMinutes + 1]])('makes no token for %s minutes', async (expiresInMinutes) => {
    expect((await ask('POST', '/machines/join-tokens', { expiresInMinutes })).status).toBe(422);
  });

  it('makes no more tokens at once than may be good, and more once they have expired', async () => {
    for (let made = 0; made < limits.joinTokens; made++) await invitation();
    expect((await ask('POST', '/machines/join-tokens', {})).status).toBe(409);
    clock.advance(limits.joinTokenMinutes * minuteMs);
    await invitation();
  });
});

describe("a machine's token", () => {
  const now = (): number => Math.floor(clock.nowMs() / 1000);
  const { toleranceSeconds } = machineTokens;

  it.each<[string, () => Said, number]>([
    ['is taken', () => ({}), 200],
    [
      'is taken from a clock just tolerably ahead',
      () => ({ claims: { iat: now() + toleranceSeconds, exp: now() + 90 } }),
      200,
    ],
    [
      'is refused from a clock further ahead',
      () => ({ claims: { iat: now() + toleranceSeconds + 1, exp: now() + 91 } }),
      401,
    ],
    ['is refused once it has expired', () => ({ claims: { iat: now() - 91, exp: now() - 31 } }), 401],
    ['is refused when it lives too long', () => ({ claims: { exp: now() + 61 } }), 401],
    ['is refused without a time', () => ({ claims: { iat: undefined } }), 401],
    ['is refused without an end', () => ({ claims: { exp: undefined } }), 401],
    ['is refused for another audience', () => ({ claims: { aud: 'docksnap-console' } }), 401],
    ['is refused without an audience', () => ({ claims: { aud: undefined } }), 401],
    ['is refused of another issuer', () => ({ claims: { iss: '0'.repeat(16) } }), 401],
    ['is refused for a machine that is not known', () => ({ header: { kid: '0'.repeat(16) } }), 401],
    ['is refused without a machine', () => ({ header: { kid: '' } }), 401],
    ['is refused when it is no token of a machine', () => ({ header: { typ: 'JWT' } }), 401],
  ])('%s', async (_sentence, said, status) => {
    const { id, key } = await joined('node-1');
    expect(await push(await signed(id, key, said()))).toBe(status);
  });

  it('is refused when it is signed by another key, by none, or by the public key as a shared secret', async () => {
    const { id, key } = await joined('node-1');
    expect(await push(await signed(id, newKey()))).toBe(401);
    const good = await signed(id, key);
    const [, payload = ''] = good.split('.');
    const header = (alg: string): string =>
      Buffer.from(JSON.stringify({ alg, typ: machineTokens.type, kid: id })).toString('base64url');
    expect(await push(`${header('none')}.${payload}.`)).toBe(401);
    const hmac = await new SignJWT(decodeJwt(good))
      .setProtectedHeader({ alg: 'HS256', typ: machineTokens.type, kid: id })
      .sign(Buffer.from(key.publicKey, 'base64url'));
    expect(await push(hmac)).toBe(401);
    expect(await push(good)).toBe(200);
  });

  it('speaks for its own machine alone', async () => {
    const { id, key } = await joined('node-1');
    expect(await push(await signed(id, key), api, 'node-2')).toBe(403);
  });

  it('opens no other route, and neither does a join token', async () => {
    const { id, key } = await joined('node-1');
    const { token } = await invitation();
    for (const bearer of [await signed(id, key), token]) {
      for (const path of ['/nodes', '/machines', '/reporting', '/auth/me']) {
        expect((await ask('GET', path, undefined, bearer)).status).toBe(401);
      }
    }
    expect(await push(token)).toBe(401);
  });

  it('is worth nothing at once when its machine is removed, on every replica, and the join token neither', async () => {
    const { id, key, token } = await joined('node-1');
    for (const at of [api, replica]) expect(await push(await signed(id, key), at)).toBe(200);
    expect((await ask('DELETE', `/machines/${id}`)).status).toBe(204);
    for (const at of [api, replica]) expect(await push(await signed(id, key), at)).toBe(401);
    const body = { name: 'node-1', publicKey: key.publicKey };
    for (const at of [api, replica]) expect((await ask('POST', '/machines', body, token, at)).status).toBe(401);
    expect((await ask('DELETE', `/machines/${id}`)).status).toBe(404);
  });

  it('of a good machine is taken though others from its address are refused without end', async () => {
    const { id, key } = await joined('node-1');
    expect(await push(await signed(id, key))).toBe(200);
    const unknown = await signed('f'.repeat(16), newKey());
    for (let tries = 0; tries < refusalLimits.perAddress; tries++) expect(await push(unknown)).toBe(401);
    expect(await push(unknown)).toBe(429);
    expect(await push(await signed(id, key))).toBe(200);
  });
});

describe('the list of machines', () => {
  it('has them by name, without keys', async () => {
    const [b, a] = [await joined('b'), await joined('a')];
    const text = await (await ask('GET', '/machines')).text();
    expect(machineListSchema.parse(JSON.parse(text)).items.map(({ id }) => id)).toEqual([a.id, b.id]);
    expect(text).not.toContain(a.key.publicKey);
  });

  it('is for those who may see all nodes, and so are invitations and removals', async () => {
    const { id } = await joined();
    scope = { kind: 'namespaces', namespaces: ['shop'] };
    expect((await ask('GET', '/machines')).status).toBe(403);
    expect((await ask('POST', '/machines/join-tokens', {})).status).toBe(403);
    expect((await ask('DELETE', `/machines/${id}`)).status).toBe(403);
  });
});

describe('what is written down', () => {
  it('names who invited, what joined and who removed, and holds no secret', async () => {
    logged.length = 0;
    const { id, token, key } = await joined('node-1');
    const bearer = await signed(id, key);
    await push(bearer);
    await push(`${bearer.slice(0, -4)}AAAA`);
    await ask('DELETE', `/machines/${id}`);
    const connection = await connected(database.uri);
    const names = ['joinTokens', 'machines', 'machineNames'];
    const stored = JSON.stringify(
      await Promise.all(names.map(async (name) => connection.collection(name).find().toArray())),
    );
    await connection.close();
    const log = logged.join('\n');
    for (const word of ['made', 'joined', 'removed']) expect(log).toMatch(new RegExp(`${id}.*"${word}"`));
    for (const secret of [token.slice(-43), bearer.slice(-60)]) {
      expect(log).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
  });
});
