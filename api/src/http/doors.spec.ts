import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const page =
  '<!doctype html><html><body><app-root ngcspnonce="__CSP_NONCE__"></app-root><script src="main-ABCD1234.js"></script></body></html>';

describe('the doors of the API', () => {
  let database: TrialDatabase;
  let folder: string;
  let api: RunningApi;

  beforeAll(async () => {
    database = await trialDatabase();
    folder = await mkdtemp(join(tmpdir(), 'docksnap-console-'));
    await mkdir(join(folder, 'console'));
    await writeFile(join(folder, 'console', 'index.html'), page);
    await writeFile(join(folder, 'console', 'favicon.svg'), '<svg/>');
    await writeFile(join(folder, 'console', 'main-ABCD1234.js'), 'console.log(1)');
    await writeFile(join(folder, 'console', 'main-ABCD1234.js.gz'), gzipSync('console.log(1)'));
    api = await runningApi({ uri: database.uri, consoleDir: join(folder, 'console') });
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function overHttps(path: string) {
    const asked = request({ host: 'localhost', port: api.httpsPort, ca: api.ca, path }).end();
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve).once('error', reject);
    });
    const { statusCode, headers } = await response;
    return { status: statusCode, headers, body: await text(await response) };
  }

  it('serve the same over https, with a certificate that its authority vouches for, and over http', async () => {
    expect(await overHttps('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  });

  it('tell browsers to stay on https, over https alone', async () => {
    expect((await overHttps('/healthz')).headers['strict-transport-security']).toBe('max-age=31536000');
    expect((await fetch(`${api.url}/healthz`)).headers.get('strict-transport-security')).toBeNull();
  });

  it.each(['/healthz', '/api/v1/nodes', '/api/typo', '/', '/nodes', '/main-ABCD1234.js'])(
    'let nobody frame or reinterpret %s',
    async (path) => {
      const { headers } = await fetch(`${api.url}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
    },
  );

  it.each(['/', '/nodes', '/containers/a~b~c?range=10m'])("give the console's page for %s", async (path) => {
    const response = await fetch(`${api.url}${path}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
    expect(nonce).not.toBe('');
    expect(await response.text()).toContain(`<app-root ngcspnonce="${nonce}">`);
    expect(policy).toContain("script-src 'self';");
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const again = await fetch(`${api.url}${path}`);
    expect(again.headers.get('content-security-policy')).not.toBe(policy);
  });

  it.each([
    ['/main-ABCD1234.js', 'public, max-age=31536000, immutable'],
    ['/favicon.svg', 'no-cache'],
  ])('serve the file %s, to be kept: %s', async (path, caching) => {
    const { status, headers } = await fetch(`${api.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
    expect({ status, caching: headers.get('cache-control') }).toEqual({ status: 200, caching });
  });

  it('serve the compressed form to who takes it', async () => {
    const response = await fetch(`${api.url}/main-ABCD1234.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toBe('console.log(1)');
  });

  it.each(['/api/typo', '/api/v1/nothing', '/main-0000AAAA.js', '/index.html.br', '/../etc/passwd.txt'])(
    'say 404 in JSON for %s',
    async (path) => {
      const response = await fetch(`${api.url}${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ statusCode: 404, code: 'not_found' });
    },
  );

  it('say 404 in JSON where a route knows another method alone', async () => {
    const response = await fetch(`${api.url}/healthz`, { method: 'DELETE' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  it('refuse a form of more than 64 KiB', async () => {
    const response = await fetch(`${api.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'a'.repeat(65 * 1024), password: 'b' }),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too_large' });
  });
});

describe('a build without a console', () => {
  it('says so in a sentence', async () => {
    const database = await trialDatabase();
    const api = await runningApi({ uri: database.uri });
    const response = await fetch(`${api.url}/nodes`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('The console is not part of this build');
    await api.stop();
    await database.remove();
  });
});
