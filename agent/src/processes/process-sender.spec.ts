import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CadvisorClient } from '../cadvisor/client.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import { Transport } from '../push/transport.ts';
import type { MachineServer } from '../testing/machine-server.ts';
import { startMachine } from '../testing/machine-server.ts';
import { ScrapeTimes } from '../tick/scrape-times.ts';
import { ContainerKeys } from './container-keys.ts';
import { ProcessSender, processTarget } from './process-sender.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const minuteMs = 60_000;
const row = { pid: 7, parent_pid: 1, cmd: 'init', cgroup_path: '/' };

let cadvisor: MachineServer;
let client: CadvisorClient;
let api: Server;
let status: number;
let received: { readonly url: string | undefined; readonly body: string }[];
let lines: string[];
let keys: ContainerKeys;
let problems: Problems;
let sender: ProcessSender;

/** As after the first tick. */
async function know(): Promise<void> {
  const entities = [{ kind: 'node' as const, key: 'node', runtimeId: '', startedAtMs: 0, description: '' }];
  const block = { intervalMs: 1000, tickTimes: [1], entities, groups: [] };
  const gather = () => Promise.resolve({ block, descriptions: new Map() });
  await keys.watching({ open: () => Promise.resolve(), gather, close: () => undefined }).gather(1);
}

beforeEach(async () => {
  [status, received, lines] = [200, [], []];
  cadvisor = await startMachine();
  cadvisor.answers.set('/api/v2.0/ps', (response) => response.end(JSON.stringify([row])));
  client = new CadvisorClient(cadvisor.url);
  api = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      response.writeHead(status).end('{}', () => received.push({ url: request.url, body }));
    });
  });
  await once(api.listen(0, '127.0.0.1'), 'listening');
  const address = api.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const at = { urls: [new URL(`http://127.0.0.1:${port}`)], caFile: undefined, tokenFile: undefined };
  const log = createLog('warn', (line) => lines.push(line), Date.now);
  problems = new Problems(Date.now, log);
  keys = new ContainerKeys();
  const tools = { problems, drops: new RowDrops(), times: new ScrapeTimes(), log, timeoutMs: 20_000 };
  const transport = new Transport({ ...at, timeoutMs: 20_000, target: processTarget });
  sender = new ProcessSender({ ...tools, client, keys, transport });
});

afterEach(async () => {
  await sender.stop();
  client.close();
  api.close();
  api.closeAllConnections();
  await cadvisor.close();
});

/** Waits, and does something in between if told. */
async function until(isThere: () => boolean, meanwhile: () => void = () => undefined): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!isThere() && Date.now() < deadline) {
    meanwhile();
    await sleep(10);
  }
  expect(isThere()).toBe(true);
}

/** Offers until that many lists were received: one under way is not joined by another. */
async function sent(count: number, nowMs: number): Promise<void> {
  const offer = (): void => {
    sender.offer(nowMs);
  };
  await until(() => received.length >= count, offer);
  expect(received).toHaveLength(count);
}

describe('ProcessSender', () => {
  it('sends what runs to its own route, once a minute', async () => {
    await know();
    await sent(1, noonMs);
    sender.offer(noonMs + minuteMs - 1);
    await sent(2, noonMs + minuteMs);
    expect(received[0]?.url).toBe('/api/v1/processes');
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      processes: [{ pid: 7, command: 'init', container: null }],
      dropped: 0,
    });
  });

  it('sends nothing before it knows the containers: their processes would be taken for the machine’s', async () => {
    sender.offer(noonMs);
    await sender.stop();
    expect([received, cadvisor.requests]).toEqual([[], []]);
  });

  it('lets lists go that an older API does not know, says so once, and goes on', async () => {
    status = 404;
    await know();
    await sent(1, noonMs);
    await until(() => lines.length > 0);
    await sent(2, noonMs + minuteMs);
    status = 200;
    await sent(3, noonMs + 2 * minuteMs);
    expect(lines).toEqual([expect.stringContaining('404')]);
  });

  it('tells of a cAdvisor that does not answer', async () => {
    cadvisor.answers.set('/api/v2.0/ps', (response) => response.writeHead(500).end());
    await know();
    sender.offer(noonMs);
    await until(() => problems.list().length > 0);
    expect(problems.list()).toMatchObject([{ reason: 'CadvisorPageInvalid' }]);
    expect(received).toEqual([]);
  });
});
