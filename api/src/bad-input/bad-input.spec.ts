import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorAnswerSchema } from '@docksnap/contract';
import { AdminPassword } from '../access/accounts/admin-password.ts';
import { Client, pushAs } from '../testing/client.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { bodyText, parameterText } from './testing/bad-values.ts';
import { filled, type Operation, operationsOf } from './testing/operations.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const askMs = 15_000;
/** Cases of each operation. */
const cases = 40;

let database: TrialDatabase;
let api: RunningApi;
let cookie = '';
let operations: readonly Operation[];

beforeAll(async () => {
  database = await trialDatabase();
  const password: AdminPassword = { first: async () => Promise.resolve('correct horse battery staple') };
  api = await runningApi({
    uri: database.uri,
    clock: new TestClock(noonMs + 5000),
    overrides: [[AdminPassword, password]],
  });
  for (const node of ['node-1', 'node-2'] as const) await pushAs(api, node, examplePush(node, noonMs));
  operations = operationsOf(await (await fetch(`${api.url}/api/openapi.json`)).json());
  ({ cookie } = await Client.login(api));
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

interface Asked {
  readonly query?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What opens an operation, and says what its body is. */
function headersFor({ path, security }: Operation, body: string | undefined): Record<string, string> {
  const bearer = path === '/api/v1/reporting' ? 'operator' : 'agent-node-1';
  return {
    ...(security.includes('bearer') ? { authorization: `Bearer ${bearer}` } : { cookie }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}

/** Asks as whoever may. Streams are left as soon as they have begun. */
async function ask(operation: Operation, { query = '', values, body }: Asked = {}): Promise<Response> {
  const { method, path } = operation;
  const answer = await fetch(`${api.url}${filled(path, values)}${query === '' ? '' : `?${query}`}`, {
    method,
    signal: AbortSignal.timeout(askMs),
    redirect: 'manual',
    headers: headersFor(operation, body),
    ...(body === undefined ? {} : { body }),
  });
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) await answer.body?.cancel();
  return answer;
}

/** A logout would end the test's session. */
const isAsked = ({ path }: Operation): boolean => path !== '/api/v1/auth/logout';
const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** What is refused is refused in the API's own form, with a sentence. */
async function expectAnswer(answer: Response, asked: string): Promise<void> {
  expect([asked, answer.status]).toEqual([asked, expect.any(Number)]);
  if (answer.status < 400) {
    if (!answer.bodyUsed) await answer.arrayBuffer();
    return;
  }
  expect([asked, answer.status < 500 ? 'refused' : answer.status]).toEqual([asked, 'refused']);
  const { statusCode, message } = errorAnswerSchema.parse(await answer.json());
  expect([statusCode, message.length > 0]).toEqual([answer.status, true]);
}

describe('what the API says of itself', () => {
  it('opens to all no more than health and login', async () => {
    const open: string[] = [];
    for (const operation of operations) {
      const body = operation.body === undefined ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
      const answer = await fetch(api.url + filled(operation.path), { method: operation.method, ...body });
      await answer.arrayBuffer();
      if (answer.status !== 401) open.push(nameOf(operation));
      expect([nameOf(operation), answer.status === 401]).toEqual([nameOf(operation), operation.security.length > 0]);
    }
    expect(open.sort()).toEqual([
      'GET /api/v1/machines/authority',
      'GET /healthz',
      'GET /readyz',
      'POST /api/v1/auth/login',
    ]);
  });
});

describe('every operation', () => {
  it.each([
    '$where=1',
    '$ne=x',
    'namespace[$ne]=x',
    'filter[namespace][$regex]=.*',
    'x.$gt=1',
    '__proto__=x',
    '__proto__[scope]=all',
    'constructor=x',
    'constructor[prototype][scope]=all',
    'prototype=x',
  ])('refuses the parameter %s and names it', async (query) => {
    for (const operation of operations.filter(isAsked)) {
      if (operation.body !== undefined || operation.security.length === 0) continue;
      const answer = await ask(operation, { query });
      expect([nameOf(operation), answer.status]).toEqual([nameOf(operation), 422]);
      expect(await answer.json()).toMatchObject({ parameter: query.slice(0, query.indexOf('=')) });
    }
    expect(Object.hasOwn(Object.prototype, 'scope')).toBe(false);
  });

  it('answers whatever its parameters hold, and refuses in its own words', async () => {
    for (const operation of operations.filter(isAsked)) {
      const of = (place: string): Record<string, fc.Arbitrary<string>> =>
        Object.fromEntries(
          operation.parameters
            .filter((parameter) => parameter.in === place)
            .map(({ name, schema }) => [name, parameterText(schema)]),
        );
      if (operation.parameters.length === 0) continue;
      await fc.assert(
        fc.asyncProperty(fc.record(of('query'), { requiredKeys: [] }), fc.record(of('path')), async (query, values) => {
          const text = new URLSearchParams(query as never).toString();
          // fetch itself takes these out of a path.
          fc.pre(Object.values(values).every((value) => !/^(\.|\.\.)$/.test(value)) && isWellFormed(values));
          await expectAnswer(await ask(operation, { query: text, values }), `${nameOf(operation)} ${text}`);
        }),
        { numRuns: cases },
      );
    }
  }, 120_000);

  it('answers whatever its body holds, and refuses in its own words', async () => {
    for (const operation of operations) {
      if (operation.body === undefined) continue;
      await fc.assert(
        fc.asyncProperty(bodyText(operation.body), async (body) => {
          await expectAnswer(await ask(operation, { body }), `${nameOf(operation)} ${body.slice(0, 200)}`);
        }),
        { numRuns: cases },
      );
    }
    expect(Object.hasOwn(Object.prototype, 'scope')).toBe(false);
  }, 120_000);

  function isWellFormed(values: Readonly<Record<string, string>>): boolean {
    return Object.values(values).every((value) => value.isWellFormed());
  }
});

describe('a time', () => {
  const paths = ['/api/v1/series?namespace=shop', '/api/v1/samples?node=NODE', '/api/v1/exports?period=day'];

  it.each([
    ['beyond all times', '8640000000000001'],
    ['of too many digits', '1e300'],
    ['that is no number', 'NaN'],
    ['without end', 'Infinity'],
    ['before all times', '-1'],
    ['of a part of a millisecond', '0.5'],
    ['in words', 'yesterday'],
    ['of another form', '2026-11-24T12:00:00Z'],
  ])('%s is refused by name', async (_sentence, value) => {
    for (const path of paths) {
      for (const parameter of ['from', 'to']) {
        const answer = await fetch(`${api.url}${path}&${parameter}=${value}`, { headers: { cookie } });
        expect([path, answer.status, await answer.json()]).toEqual([path, 422, expect.objectContaining({ parameter })]);
      }
    }
  });
});
