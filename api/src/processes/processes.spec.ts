import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgentProcess, limits, processesAnswerSchema, type ProcessList } from '@docksnap/contract';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { KeptProcesses, minuteMs } from './kept-processes.ts';
import { ProcessesRetention } from './processes-retention.ts';

const example = new ExampleApi();
const keptMs = 168 * 3_600_000;
const noon = noonMs / minuteMs;

function process(pid: number, command: string, container: string | null): AgentProcess {
  const used = { cpuCores: 0.05, cpuSeconds: 65, rssBytes: 1_617_920, virtualBytes: 2_322_432 };
  return { pid, parentPid: 1, user: 'root', command, ...used, started: '03:13', status: 'Ss', container };
}

const list: ProcessList = {
  processes: [
    process(1, 'systemd', null),
    process(10, 'server', 'web-2-uid/server'),
    process(20, 'ledgerd', 'ledger-uid/ledger'),
    process(21, '<script>alert(1)</script>', 'ledger-uid/ledger'),
  ],
  dropped: 3,
};

async function send(body: unknown, bearer = 'agent-node-2'): Promise<readonly [number, unknown]> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
  const url = `${example.session.url}/api/v1/processes`;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return [answer.status, await answer.json()];
}
const ask = async (path: string) => processesAnswerSchema.parse(await example.ask(path));
const commandsOf = ({ processes }: ProcessList | Awaited<ReturnType<typeof ask>>) =>
  processes.map(({ command }) => command);
const statusOf = async (path: string) => (await example.get(path)).status;
const moveTo = (timeMs: number): void => {
  example.clock.advance(timeMs - example.clock.nowMs());
};

beforeAll(async () => {
  await example.start();
  expect(await send(list)).toEqual([200, { stored: 1, duplicate: 0 }]);
}, 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

const node = 'nodes/$node-2/processes';
const ledger = 'containers/$node-2~ledger-uid~ledger/processes';
const server = 'containers/$node-2~web-2-uid~server/processes';

describe('POST /api/v1/processes', () => {
  it('keeps the first list of a minute', async () => {
    expect(await send({ processes: [], dropped: 0 })).toEqual([200, { stored: 0, duplicate: 1 }]);
    expect((await ask(node)).processes).toHaveLength(4);
  });

  it.each(['nonsense', 'operator'])('is not for %s', async (bearer) => {
    expect((await send(list, bearer))[0]).toBe(401);
  });

  it.each([
    ['as many processes as a list may have', limits.processesPerList, 200],
    ['one more', limits.processesPerList + 1, 422],
  ])('answers a list of %s', async (_sentence, count, status) => {
    const processes = Array.from({ length: count }, (_, index) => process(index + 1, 'a', null));
    expect((await send({ processes, dropped: 0 }, 'agent-node-1'))[0]).toBe(status);
  });

  it.each([
    ['a command that is too long', { command: 'c'.repeat(limits.processCommandLength + 1) }],
    ['a user that is none', { user: 7 }],
    ['less than no memory', { rssBytes: -1 }],
    ['the pid 0', { pid: 0 }],
  ])('refuses %s', async (_sentence, members) => {
    const processes = [{ ...process(1, 'a', null), ...members }];
    expect((await send({ processes, dropped: 0 }))[0]).toBe(422);
  });
});

describe('a list of many bytes', () => {
  it.each([
    ['as many as it may have', limits.processListBytes, 422],
    ['one more', limits.processListBytes + 1, 413],
  ])('with %s is read as far as that', async (_sentence, bytes, status) => {
    expect((await send('p'.repeat(bytes - 2)))[0]).toBe(status);
  });
});

describe('which processes run', () => {
  it('is told of a node, with the minute and what is missing', async () => {
    const answer = await ask(node);
    expect(answer).toMatchObject({ minuteMs: noonMs, dropped: 3 });
    expect(answer.processes.map(({ containerId }) => containerId)).toEqual([
      null,
      `${example.idOf('node-2')}~web-2-uid~server`,
      ...Array<string>(2).fill(`${example.idOf('node-2')}~ledger-uid~ledger`),
    ]);
    expect(answer.processes[0]).toMatchObject({ pid: 1, parentPid: 1, cpuCores: 0.05, cpuSeconds: 65, status: 'Ss' });
  });

  it('is told of a container', async () => {
    expect(commandsOf(await ask(ledger))).toEqual(['ledgerd', '<script>alert(1)</script>']);
    expect(commandsOf(await ask(server))).toEqual(['server']);
  });

  it('is told to a scope of its containers alone, and of no node', async () => {
    example.scope = billing;
    expect(commandsOf(await ask(ledger))).toEqual(['ledgerd', '<script>alert(1)</script>']);
    expect(await statusOf(server)).toBe(404);
    expect(await statusOf(node)).toBe(403);
  });

  it.each([
    ['the minute', `at=${noonMs}`, 200],
    ['the future, as now', `at=${noonMs + 999 * minuteMs}`, 200],
    ['before the first', `at=${noonMs - 1}`, 404],
    ['no time', 'at=noon', 422],
    ['what is none of its parameters', 'pid=1', 422],
  ])('is asked for %s', async (_sentence, query, status) => {
    expect(await statusOf(`${node}?${query}`)).toBe(status);
  });

  it('stands for three minutes, and is found at its time ever after', async () => {
    moveTo(noonMs + 3 * minuteMs - 1);
    expect((await ask(node)).minuteMs).toBe(noonMs);
    moveTo(noonMs + 3 * minuteMs);
    const { status, body } = await example.get(node);
    expect([status, body]).toEqual([
      404,
      expect.objectContaining({ message: expect.stringContaining('DOCKSNAP_PROCESSES') }),
    ]);
    expect((await ask(`${node}?at=${noonMs + 59_999}`)).minuteMs).toBe(noonMs);
  });

  it.each(['nodes/nobody/processes', 'containers/$node-2~nobody~nothing/processes'])(
    'is not there of %s',
    async (path) => {
      expect(await statusOf(path)).toBe(404);
    },
  );
});

describe('lists that are older than raw samples', () => {
  it('go, with the days that are over', async () => {
    const kept = example.part(KeptProcesses);
    const id = example.idOf('node-2');
    moveTo(noonMs + keptMs);
    await kept.insert(id, noon + 10, list);
    await example.part(ProcessesRetention).turn();
    expect(await kept.read(id, noon)).toEqual(list);
    moveTo(noonMs + keptMs + 10 * minuteMs);
    await example.part(ProcessesRetention).turn();
    expect(await kept.read(id, noon)).toBeUndefined();
    expect(await kept.read(id, noon + 10)).toEqual(list);
    moveTo(noonMs + keptMs + 24 * 60 * minuteMs);
    await example.part(ProcessesRetention).turn();
    expect(await kept.read(id, noon + 10)).toBeUndefined();
    expect((await kept.days()).filter(({ nodeId }) => nodeId === id)).toEqual([]);
  });
});
