import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { limits, pushMediaType } from '@docksnap/contract';
import { encodePush } from '@docksnap/contract/codec';
import { forge } from '../../contract/src/codec/testing/forge.ts';
import { AdminPassword } from '../access/accounts/admin-password.ts';
import { Client } from '../testing/client.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const mebibyte = 1024 * 1024;
/** How often each is thrown. */
const times = 20;
/** What each would be, in bytes. */
const bombBytes = 256 * mebibyte;
/**
 * What all of them may cost, in bytes of memory: less than one unpacked. Other tests' garbage is in this process too;
 * `npm run drills bad-input` holds bodies to 64 MiB where the API has a process of its own.
 */
const growthBytes = bombBytes;
/** Deep nesting costs about a millisecond; more than this would be building it, even on a machine that is busy. */
const deepMs = 1000;

let database: TrialDatabase;
let api: RunningApi;
let cookie = '';

beforeAll(async () => {
  database = await trialDatabase();
  const password: AdminPassword = { first: async () => Promise.resolve('correct horse battery staple') };
  api = await runningApi({ uri: database.uri, overrides: [[AdminPassword, password]] });
  ({ cookie } = await Client.login(api));
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

const agent = { authorization: 'Bearer agent-node-1' };

async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(api.url + path, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.json() };
}

describe('a bomb', () => {
  const zeros = new Uint8Array(bombBytes);
  const gzip = new Uint8Array(gzipSync(zeros));
  const frame = new Uint8Array(zstdCompressSync(zeros));
  const block = (rawLength: number): Uint8Array<ArrayBuffer> =>
    new Uint8Array(encodePush({ descriptions: new Map(), blocks: [forge(new Uint8Array(8), { rawLength, frame })] }));

  it.each<[string, Uint8Array<ArrayBuffer>, Record<string, string>, number[]]>([
    ['of gzip around JSON', gzip, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, [413, 415]],
    ['of zstd around JSON', frame, { 'content-type': 'application/json', 'content-encoding': 'zstd' }, [415]],
    ['of gzip around a push', gzip, { 'content-type': pushMediaType, 'content-encoding': 'gzip' }, [415]],
    ['in a block that says how long it is', block(bombBytes), { 'content-type': pushMediaType }, [413]],
    [
      'in a block that says it is as long as a block may be',
      block(limits.blockRawBytes),
      { 'content-type': pushMediaType },
      [400, 413],
    ],
    ['in a block that says it is short', block(100), { 'content-type': pushMediaType }, [400, 413]],
  ])('%s is refused and takes no memory', async (_sentence, body, headers, statuses) => {
    await post('/api/v1/blocks', body, { ...agent, ...headers });
    const before = process.memoryUsage.rss();
    for (let thrown = 0; thrown < times; thrown += 1) {
      const answer = await post('/api/v1/blocks', body, { ...agent, ...headers });
      expect(statuses).toContain(answer.status);
      expect(answer.body).toMatchObject({ statusCode: answer.status, message: expect.any(String) });
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(growthBytes);
  });

  it('of gzip is refused where people speak, and by its name', async () => {
    const answer = await post('/api/v1/read-tokens', new Uint8Array(gzipSync('{"name":"x"}')), {
      cookie,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    expect([answer.status, answer.body]).toEqual([
      415,
      expect.objectContaining({ code: 'unsupported_media_type', message: expect.stringContaining('gzip') }),
    ]);
  });
});

describe('a length that is not true', () => {
  /** The status of an answer to a body that is shorter than its length says, the connection being ended after it. */
  async function lied(length: number, sent: string): Promise<number | 'closed'> {
    const { promise, resolve } = Promise.withResolvers<number | 'closed'>();
    const headers = { ...agent, 'content-type': 'application/json', 'content-length': length };
    const asked = request(`${api.url}/api/v1/blocks`, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    asked.on('error', () => {
      resolve('closed');
    });
    asked.write(sent, () => {
      if (length <= limits.pushBytes) asked.destroy();
    });
    return promise;
  }

  it('beyond the limit is refused before the body has come', async () => {
    expect(await lied(limits.pushBytes + 1, '{')).toBe(413);
    expect(await lied(10 * 1024 * mebibyte, '{')).toBe(413);
  });

  it('leaves nothing behind when the sender goes', async () => {
    expect(await lied(limits.pushBytes, '{"blocks":[')).toBe('closed');
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  });

  it('does not matter where a body has none: it is counted', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(mebibyte));
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(chunk);
      },
    });
    const headers = { ...agent, 'content-type': 'application/json' };
    const sent = fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body, duplex: 'half' });
    // A sender that goes on sending may see the end of the connection before the answer.
    const status = await sent.then(
      (answer) => answer.status,
      () => 'closed',
    );
    expect([413, 'closed']).toContain(status);
  });
});

describe('JSON that is nested 100,000 times', () => {
  const deep = 100_000;
  const lists = '['.repeat(deep) + ']'.repeat(deep);
  const objects = '{"a":'.repeat(deep) + '1' + '}'.repeat(deep);

  it.each([
    ['lists', lists],
    ['objects', objects],
    ['lists without end', '['.repeat(deep)],
    ['lists in a push', `{"blocks":${lists}}`],
    ['objects in a block', `{"blocks":[{"entities":[${objects}]}]}`],
    ['lists in a report', `{"report":${lists},"blocks":[]}`],
  ])('as %s is refused at once', async (_sentence, body) => {
    const startedMs = performance.now();
    const answer = await post('/api/v1/blocks', body, { ...agent, 'content-type': 'application/json' });
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code: 'malformed_request' })]);
    expect(performance.now() - startedMs).toBeLessThan(deepMs);
  });

  it('is refused where people speak', async () => {
    const body = `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const answer = await post('/api/v1/read-tokens', body, { cookie, 'content-type': 'application/json' });
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code: 'malformed_request' })]);
  });
});
