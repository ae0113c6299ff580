import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connected } from '../testing/connected.ts';
import { testApp } from '../testing/test-app.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { Access } from './access.decorator.ts';
import { believedAloneMs, believedMs } from './believed.ts';
import { sessionLimits } from './sessions/sessions.ts';

@Controller()
class ForgottenController {
  @Get('api/v1/forgotten')
  forgotten(): string {
    return 'secret';
  }

  @Get('api/v1/machine')
  @Access('agent')
  machine(): string {
    return 'for agents';
  }
}

const password = 'correct horse battery staple';
const minuteMs = 60_000;

let database: TrialDatabase;
let app: NestFastifyApplication;
const clock = new TestClock();

async function start(): Promise<NestFastifyApplication> {
  return testApp({ uri: database.uri, clock, firstPassword: password, controllers: [ForgottenController] });
}

beforeAll(async () => {
  database = await trialDatabase();
  app = await start();
}, 30_000);

afterAll(async () => {
  await app.close();
  await database.remove();
});

beforeEach(async () => {
  clock.advance(10 * minuteMs);
  const connection = await connected(database.uri);
  await connection.collection('attempts').deleteMany({});
  await connection.close();
});

interface Sent {
  readonly username?: unknown;
  readonly password?: unknown;
  readonly headers?: Record<string, string>;
}

async function login({ username = 'admin', password: given = password, headers = {} }: Sent = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ username, password: given }),
  });
}

async function cookieOf(answer: Promise<Awaited<ReturnType<typeof login>>>): Promise<string> {
  const [cookie = ''] = String((await answer).headers['set-cookie']).split(';');
  return cookie;
}

async function me(cookie: string) {
  return app.inject({ url: '/api/v1/auth/me', headers: { cookie } });
}

describe('login', () => {
  it('answers with a cookie that only this browser sends, and knows the person by it', async () => {
    const answer = await login();
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(/^docksnap=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const { statusCode, body } = await me(await cookieOf(Promise.resolve(answer)));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({ username: 'admin', scope: { kind: 'all' } });
  });

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown name', { username: 'root' }],
    ['a name that is a member of every object', { username: '__proto__' }],
  ])('refuses %s with the same words', async (_sentence, sent) => {
    const answer = await login(sent);
    expect(answer.statusCode).toBe(401);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'wrong_credentials',
      message: 'the name or the password is wrong; try again',
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['an operator of the database for a name', { username: { $ne: '' } }, 'username'],
    ['an operator of the database for a password', { password: { $regex: '.*' } }, 'password'],
    ['no password', { password: '' }, 'password'],
    ['a password beyond the limit', { password: 'x'.repeat(1025) }, 'password'],
  ])('refuses %s and names the field', async (_sentence, sent, parameter) => {
    const answer = await login(sent);
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_query', parameter });
  });

  it('takes no member of a prototype from a body', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'content-type': 'application/json' },
      payload: '{"username":"admin","password":"x","__proto__":{"scope":{"kind":"all"}}}',
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(Object.hasOwn(Object.prototype, 'scope')).toBe(false);
  });

  it('refuses JSON that is nested without end, quickly', async () => {
    const startedMs = performance.now();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'content-type': 'application/json' },
      payload: '['.repeat(100_000),
    });
    expect(answer.statusCode).toBe(400);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sibling subdomain', { 'sec-fetch-site': 'same-site', origin: 'http://blog.localhost:80' }],
  ])('refuses a login that %s sends', async (_sentence, headers) => {
    const answer = await login({ headers });
    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'foreign_origin' });
  });

  it('refuses a text/plain body, which other sites could send unasked', async () => {
    const answer = await login({ headers: { 'content-type': 'text/plain' } });
    expect(answer.statusCode).toBe(415);
  });
});

describe('guessing', () => {
  it('ends after five failures in five minutes, with the right password too, and across a restart', async () => {
    for (let failure = 0; failure < 5; failure += 1) expect((await login({ password: 'wrong' })).statusCode).toBe(401);
    const refused = await login();
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(300);
    await app.close();
    await database.kill();
    await database.start();
    app = await start();
    expect((await login()).statusCode).toBe(429);
    clock.advance(5 * minuteMs);
    expect((await login()).statusCode).toBe(204);
  }, 30_000);

  it('is not helped by a window that begins anew', async () => {
    const windowMs = 5 * minuteMs;
    clock.advance(windowMs - (clock.nowMs() % windowMs) - 1000);
    for (let failure = 0; failure < 4; failure += 1) await login({ password: 'wrong' });
    clock.advance(2000);
    expect((await login({ password: 'wrong' })).statusCode).toBe(401);
    expect((await login({ password: 'wrong' })).statusCode).toBe(429);
  });

  it('is not helped by trying many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, async () => login({ password: 'wrong' })));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(7);
  });

  it('does not count logins that succeed', async () => {
    for (let success = 0; success < 7; success += 1) expect((await login()).statusCode).toBe(204);
  });

  it('does not lock out other names', async () => {
    for (let failure = 0; failure < 6; failure += 1) await login({ username: 'somebody', password: 'wrong' });
    expect((await login()).statusCode).toBe(204);
  });
});

describe('a session', () => {
  it('ends at logout', async () => {
    const cookie = await cookieOf(login());
    const answer = await app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers: { cookie } });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(/^docksnap=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await me(cookie)).statusCode).toBe(401);
  });

  it('is another after each login, and the one before ends', async () => {
    const planted = await cookieOf(login());
    const own = await cookieOf(login({ headers: { cookie: planted } }));
    expect(own).not.toBe(planted);
    expect((await me(planted)).statusCode).toBe(401);
    expect((await me(own)).statusCode).toBe(200);
  });

  it('is not begun by a token that a browser made up', async () => {
    const own = await cookieOf(login({ headers: { cookie: `docksnap=${'x'.repeat(43)}` } }));
    expect(own).not.toContain('x'.repeat(43));
  });

  it('outlives a restart', async () => {
    const cookie = await cookieOf(login());
    await app.close();
    app = await start();
    expect((await me(cookie)).statusCode).toBe(200);
  });

  it('ends when it is not used', async () => {
    const cookie = await cookieOf(login());
    clock.advance(sessionLimits.idleMs - 1);
    expect((await me(cookie)).statusCode).toBe(200);
    clock.advance(sessionLimits.idleMs - 1);
    expect((await me(cookie)).statusCode).toBe(200);
    clock.advance(sessionLimits.idleMs);
    expect((await me(cookie)).statusCode).toBe(401);
  });

  it('ends after a week, used or not', async () => {
    const cookie = await cookieOf(login());
    for (let used = 0; used < 14; used += 1) {
      clock.advance(sessionLimits.lifeMs / 14 - 1);
      expect((await me(cookie)).statusCode).toBe(200);
    }
    clock.advance(sessionLimits.lifeMs / 14);
    expect((await me(cookie)).statusCode).toBe(401);
  });

  it('lies in the database under a name that is no token', async () => {
    const [, token = ''] = (await cookieOf(login())).split('=');
    const connection = await connected(database.uri);
    const stored = JSON.stringify(await connection.collection('sessions').find().toArray());
    await connection.close();
    expect(stored).not.toContain(token);
  });

  it('is believed for a while when the database goes away, and no new one begins', async () => {
    const cookie = await cookieOf(login());
    expect((await me(cookie)).statusCode).toBe(200);
    await database.kill();
    clock.advance(believedMs);
    expect((await me(cookie)).statusCode).toBe(200);
    const refused = await login();
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    clock.advance(believedAloneMs);
    expect((await me(cookie)).statusCode).toBe(503);
    await database.start();
  }, 30_000);
});

describe('the guard', () => {
  it('closes a route that does not say who may use it', async () => {
    const cookie = await cookieOf(login());
    expect((await app.inject({ url: '/api/v1/forgotten', headers: { cookie } })).statusCode).toBe(403);
  });

  it.each([
    ['no header', {}],
    ['no token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
    ['two tokens', { authorization: 'Bearer one two' }],
    ['a token that is not good', { authorization: 'Bearer nothing' }],
  ])('answers 401 where a bearer token is needed and there is %s', async (_sentence, headers) => {
    expect((await app.inject({ url: '/api/v1/machine', headers })).statusCode).toBe(401);
  });

  it('lets no person in where agents speak', async () => {
    const cookie = await cookieOf(login());
    expect((await app.inject({ url: '/api/v1/machine', headers: { cookie } })).statusCode).toBe(401);
  });
});
