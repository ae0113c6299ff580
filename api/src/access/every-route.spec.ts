import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

/** What anybody may ask: whoever opens another route writes it here. `/*` is the console's page. */
const open = [
  /^(GET|HEAD) \/(healthz|readyz)$/,
  /^POST \/api\/v1\/auth\/login$/,
  /^(GET|HEAD) \/api\/v1\/machines\/authority$/,
  /^(GET|HEAD) \/\*$/,
];
const description = /^(GET|HEAD) \/api\/(docs|openapi\.json)/;

let database: TrialDatabase;
let api: RunningApi;
let guarded: readonly { readonly method: string; readonly path: string }[];

beforeAll(async () => {
  database = await trialDatabase();
  api = await runningApi({ uri: database.uri });
  const closed = api.routes.filter((route) => ![...open, description].some((pattern) => pattern.test(route)));
  guarded = closed.map((route) => {
    const [method = '', url = ''] = route.split(' ');
    return { method, path: url.replaceAll(/:\w+/g, 'x') };
  });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

/** The status of each guarded route, asked with headers and in another spelling of its path. */
async function statuses(headers: Record<string, string>, spell = (path: string) => path): Promise<string[]> {
  return Promise.all(
    guarded.map(async ({ method, path }) => {
      const body =
        method === 'POST' ? { body: '{}', headers: { ...headers, 'content-type': 'application/json' } } : { headers };
      const answer = await fetch(api.url + spell(path), { method, redirect: 'manual', ...body });
      await answer.arrayBuffer();
      return `${method} ${path}: ${answer.status}`;
    }),
  );
}

const everywhere = (status: string): string[] => guarded.map(({ method, path }) => `${method} ${path}: ${status}`);

describe('every route that is not open to all', () => {
  it('is one of those that are known to be there', () => {
    const expected = [
      'GET /api/v1/auth/me',
      'POST /api/v1/auth/password',
      'POST /api/v1/auth/logout',
      'POST /api/v1/blocks',
      'GET /api/v1/containers',
      'GET /api/v1/containers/x',
      'GET /api/v1/machines',
      'POST /api/v1/machines',
      'POST /api/v1/machines/join-tokens',
      'DELETE /api/v1/machines/x',
      'GET /api/v1/nodes',
      'GET /api/v1/nodes/x',
      'GET /api/v1/read-tokens',
      'POST /api/v1/read-tokens',
      'DELETE /api/v1/read-tokens/x',
      'GET /api/v1/reporting',
      'GET /api/v1/series',
      'GET /api/v1/stream',
      'GET /api/v1/workloads',
    ];
    expect(guarded.map(({ method, path }) => `${method} ${path}`)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['nothing', {}],
    ['a bearer token that is none', { authorization: 'Bearer nothing' }],
    ['an empty bearer token', { authorization: 'Bearer ' }],
    ['a token that is signed by nobody', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.' }],
    ['a read token that was never made', { authorization: `Bearer dsr_${'0'.repeat(16)}_${'A'.repeat(43)}` }],
    ['a cookie that was never handed out', { cookie: `docksnap=${'a'.repeat(43)}` }],
    ['the cookie of https over plain http', { cookie: `__Host-docksnap=${'a'.repeat(43)}` }],
  ])('answers 401 to %s', async (_sentence, headers) => {
    expect(await statuses(headers)).toEqual(everywhere('401'));
  });

  it('answers 401 in another spelling that is the same path', async () => {
    expect(await statuses({}, (path) => path.replace('/api', '/%61pi'))).toEqual(everywhere('401'));
  });

  it.each([
    ['two slashes', (path: string) => `/${path}`],
    ['capitals', (path: string) => path.toUpperCase()],
    ['a slash at the end', (path: string) => `${path}/`],
    ['a dot in the way', (path: string) => path.replace('/v1/', '/v1/%2e/')],
    ['a way back', (path: string) => path.replace('/v1/', '/v1/x/%2e%2e/')],
  ])('gives nothing away by %s', async (_sentence, spell) => {
    const refused = /: (401|404)$/;
    expect((await statuses({}, spell)).filter((line) => !refused.test(line))).toEqual([]);
  });
});

describe('open routes', () => {
  it('describe the API to anybody', async () => {
    const answer = await fetch(`${api.url}/api/openapi.json`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ openapi: expect.stringMatching(/^3\./), info: { title: 'DockSnap' } });
    expect((await fetch(`${api.url}/api/docs`)).status).toBe(200);
  });
});
