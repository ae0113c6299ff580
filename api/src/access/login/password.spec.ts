import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connected } from '../../testing/connected.ts';
import { testApp } from '../../testing/test-app.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../../testing/trial-database.ts';

const first = 'the first password of all';
const second = 'another one, as long';

let database: TrialDatabase;
let app: NestFastifyApplication;
const clock = new TestClock();

async function start(firstPassword = first): Promise<NestFastifyApplication> {
  return testApp({ uri: database.uri, clock, firstPassword });
}

beforeAll(async () => {
  database = await trialDatabase();
}, 30_000);
afterAll(async () => database.remove());

beforeEach(async () => {
  clock.advance(10 * 60_000);
  const connection = await connected(database.uri);
  for (const name of ['attempts', 'accounts', 'sessions']) await connection.collection(name).deleteMany({});
  await connection.close();
});

async function post(path: string, body: object, cookie = '') {
  const headers = { 'content-type': 'application/json', cookie };
  return app.inject({ method: 'POST', url: `/api/v1/auth/${path}`, headers, payload: JSON.stringify(body) });
}

async function login(password: string): Promise<string> {
  const answer = await post('login', { username: 'admin', password });
  return answer.statusCode === 204 ? (String(answer.headers['set-cookie']).split(';')[0] ?? '') : '';
}

async function isGood(cookie: string): Promise<boolean> {
  return (await app.inject({ url: '/api/v1/auth/me', headers: { cookie } })).statusCode === 200;
}

describe('POST /api/v1/auth/password', () => {
  beforeEach(async () => {
    app = await start();
  });
  afterEach(async () => app.close());

  it('changes the password and ends all sessions', async () => {
    const cookies = [await login(first), await login(first)];
    const answer = await post('password', { current: first, password: second }, cookies[0]);
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    for (const cookie of cookies) expect(await isGood(cookie)).toBe(false);
    expect(await login(first)).toBe('');
    expect(await isGood(await login(second))).toBe(true);
  });

  it.each([
    ['a wrong current password', { current: 'wrong', password: second }, 403, 'current'],
    ['eleven characters', { current: first, password: 'x'.repeat(11) }, 422, 'password'],
    ['more than 1,024', { current: first, password: 'x'.repeat(1025) }, 422, 'password'],
    ['the same again', { current: first, password: first }, 422, 'password'],
    ['an operator of the database', { current: { $ne: '' }, password: second }, 422, 'current'],
  ])('refuses %s', async (_sentence, body, status, parameter) => {
    const cookie = await login(first);
    const answer = await post('password', body, cookie);
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([status, expect.objectContaining({ parameter })]);
    expect(await isGood(cookie)).toBe(true);
    expect(await login(first)).not.toBe('');
  });

  it('takes twelve characters', async () => {
    const answer = await post('password', { current: first, password: 'x'.repeat(12) }, await login(first));
    expect(answer.statusCode).toBe(204);
  });

  it('is guessed at no faster than the login', async () => {
    const cookie = await login(first);
    const wrong = async () => (await post('password', { current: 'wrong', password: second }, cookie)).statusCode;
    const statuses = [];
    for (let guess = 0; guess < 6; guess += 1) statuses.push(await wrong());
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
  });

  it('is for people alone', async () => {
    expect((await post('password', { current: first, password: second })).statusCode).toBe(401);
  });
});

describe('a password that was changed', () => {
  it.each([
    ['outlives a restart', first, second],
    ['ends with a Secret that was made anew', 'a Secret made anew', 'a Secret made anew'],
  ])('%s', async (_sentence, kept, expected) => {
    app = await start();
    await post('password', { current: first, password: second }, await login(first));
    await app.close();
    app = await start(kept);
    let cookie = '';
    for (const deadlineMs = Date.now() + 20_000; cookie === '' && Date.now() < deadlineMs;) {
      cookie = await login(expected);
      clock.advance(2 * 60_000);
    }
    expect(cookie).not.toBe('');
    if (kept !== first) expect(await login(second)).toBe('');
    expect(await login(first)).toBe('');
    await app.close();
  });
});
