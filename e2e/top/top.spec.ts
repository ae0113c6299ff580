import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { madeReadTokenSchema } from '@docksnap/contract';
import { examplePush } from '../../api/src/testing/example-cluster.ts';
import { BenchApi } from '../bench/api/bench-api.ts';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { freePort } from '../control-plane/free-port.ts';
import { ApiClient } from '../system/support/api-client.ts';

jest.setTimeout(180_000);

const tickMs = 10_000;

let folder: string;
let api: BenchApi | undefined;
let person: ApiClient;

/** Runs the command with a new token. @param namespaces that the token may see; undefined: all */
async function top(namespaces: readonly string[] | undefined, ...args: readonly string[]): Promise<string> {
  const made = await person.send('POST', '/api/v1/read-tokens', { name: 'top', ...(namespaces && { namespaces }) });
  const { token } = madeReadTokenSchema.parse(await made.json());
  const file = join(folder, 'token');
  await writeFile(file, token, { mode: 0o600 });
  return topWith({ DOCKSNAP_TOKEN_FILE: file }, ...args);
}

async function topWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
  return run(process.execPath, [join(CHECKOUT, 'e2e/top/main.ts'), '--once', ...args], {
    env: { PATH: process.env['PATH'], DOCKSNAP_URL: person.origin, ...env },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docksnap-top-'));
  const { url } = (api = await BenchApi.start(folder));
  person = new ApiClient(url, await api.login());
  const endMs = Math.floor(Date.now() / tickMs) * tickMs;
  for (const node of ['node-1', 'node-2'] as const) {
    const answer = await fetch(`${url}/api/v1/blocks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer agent-${node}` },
      body: JSON.stringify(examplePush(node, endMs)),
      signal: AbortSignal.timeout(60_000),
    });
    expect(answer.status).toBe(200);
  }
});

afterAll(async () => {
  await api?.end();
  await rm(folder, { recursive: true });
});

/** Cells of the table's rows, without its head. */
function cells(table: string): string[][] {
  const [, , , ...rows] = table.trimEnd().split('\n');
  return rows.map((row) => row.split(/ {3,}/));
}

describe('docksnap top beside a running API', () => {
  it('shows every container with what it uses, by CPU', async () => {
    const table = await top(undefined);
    expect(table).toMatch(/^4 running containers at \d\d:\d\d:\d\d UTC\n\nNAME /);
    expect(cells(table)).toEqual([
      ['billing/ledger/ledger', '1.000', '50.0 %', '400 B / 0.98 KiB', '40.0 %', expect.any(String), '–', 'node-2'],
      ['shop/web-1/server', '0.500', '25.0 %', '100 B / 0.98 KiB', '10.0 %', expect.any(String), '–', 'node-1'],
      ['shop/web-2/server', '0.250', '12.5 %', '100 B / 0.98 KiB', '10.0 %', expect.any(String), '–', 'node-2'],
      ['shop/web-1/proxy', '0.125', '6.3 %', '50 B / 0.98 KiB', '5.0 %', expect.any(String), '–', 'node-1'],
    ]);
  });

  it('sorts by name, and keeps to a node', async () => {
    const names = cells(await top(undefined, '--sort', 'name', '--node', 'node-1')).map(([name]) => name);
    expect(names).toEqual(['shop/web-1/proxy', 'shop/web-1/server']);
  });

  it('shows a token of one namespace that one alone, as JSON', async () => {
    const answer: unknown = JSON.parse(await top(['billing'], '--json'));
    expect(answer).toMatchObject({
      total: 1,
      containers: [{ name: 'billing/ledger/ledger', cpuCores: 1, networkReceivedBytesPerSecond: 300 }],
    });
  });

  it('says which step failed', async () => {
    const token = `dsr_0123456789abcdef_${'x'.repeat(43)}`;
    const closed = `http://127.0.0.1:${await freePort()}`;
    await expect(topWith({ DOCKSNAP_TOKEN: token })).rejects.toThrow(/answered 401: .*token/);
    await expect(topWith({ DOCKSNAP_TOKEN: token, DOCKSNAP_URL: closed })).rejects.toThrow(
      `cannot connect to ${closed}`,
    );
    await expect(top(undefined, '--node', 'node-9')).rejects.toThrow(
      'there is no node "node-9"; known are node-1, node-2',
    );
  });
});
