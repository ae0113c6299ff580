import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { selfSigned } from '../../../agent/src/testing/certificates.ts';
import type { Bench, BenchContext, Row } from '../harness/bench.ts';
import { interleaved } from '../harness/interleaved.ts';
import { startContender, type Contender, type Task } from './contenders.ts';
import { expandedPages } from './expanded-pages.ts';
import { heapBytesPerSample } from './heap.ts';
import { OwnCgroup } from './own-cgroup.ts';
import { PageServer } from './page-server.ts';
import { Sink } from './sink.ts';

const containers = 220;
const growth = [50, 220, 500, 1000] as const;
const mebibyte = 1024 * 1024;
/** What the DaemonSet's container may have. */
const limitMiB = 64;
const startMostMs = 60_000;
/** Warm: a compiler at run time has done its work by then, as it has in an agent that runs for days. */
const pages = {
  small: { page: '/metrics/resource', everySeconds: 1, warmTicks: 40, ticks: 20 },
  big: { page: '/metrics/cadvisor', everySeconds: 2, warmTicks: 15, ticks: 6 },
} as const;
type PageKind = keyof typeof pages;

/** What one contender cost over some ticks. */
interface Cost {
  readonly cpuMsPerTick: number;
  readonly workingSetBytes: number;
  readonly residentBytes: number;
  readonly firstPushMs: number;
  readonly bodyBytes: number;
  readonly oomKills: number;
}

export const bench: Bench = {
  name: 'agent',
  title: `The agent on a node of ${containers} containers: the same pages over https for each contender`,
  expectedMinutes: 30,
  run: async (context) => {
    const rows: Row[] = [];
    for (const kind of ['small', 'big'] as const) rows.push(...(await compared(context, kind)));
    rows.push(...(await grown(context)), ...heapRows(context));
    return rows;
  },
};

async function compared(context: BenchContext, kind: PageKind): Promise<Row[]> {
  context.progress(`the ${kind} page, ${pages[kind].page}`);
  const by = (contender: Contender) => () => costOf(context, contender, kind, containers);
  const contenders = { docksnap: by('docksnap'), vmagent: by('vmagent'), prometheus: by('prometheus') };
  const costs = await interleaved(context.runs, contenders, (line) => {
    context.progress(line);
  });
  const ours = (of: (cost: Cost) => number): number[] => costs.docksnap.map(of);
  const peer = (name: 'vmagent' | 'prometheus', of: (cost: Cost) => number) => ({ name, values: costs[name].map(of) });
  const cpu = (cost: Cost): number => cost.cpuMsPerTick;
  const resident = (cost: Cost): number => cost.residentBytes;
  const most = kind === 'big' ? 0.1 : 1;
  const atMost = (of: 'value' | 'ratio', bound: number) => ({ goal: { kind: 'at most', of, bound } }) as const;
  return [
    {
      what: `${kind} page: CPU per tick`,
      unit: 'ms',
      ours: ours(cpu),
      peer: peer('vmagent', cpu),
      ...atMost('ratio', most),
    },
    { what: `${kind} page: CPU per tick`, unit: 'ms', ours: ours(cpu), peer: peer('prometheus', cpu) },
    {
      what: `${kind} page: working set of its cgroup`,
      unit: 'bytes',
      ours: ours((cost) => cost.workingSetBytes),
      ...atMost('value', 48 * mebibyte),
    },
    {
      what: `${kind} page: resident memory`,
      unit: 'bytes',
      ours: ours(resident),
      peer: peer('vmagent', resident),
      ...atMost('ratio', 0.9),
    },
    {
      what: `${kind} page: killed for memory under ${limitMiB} MiB`,
      unit: 'count',
      ours: ours((cost) => cost.oomKills),
      ...atMost('value', 0),
    },
    {
      what: `${kind} page: start to first push`,
      unit: 'ms',
      ours: ours((cost) => cost.firstPushMs),
      ...atMost('value', 3000),
    },
    { what: `${kind} page: body of a push`, unit: 'bytes', ours: ours((cost) => cost.bodyBytes) },
  ];
}

/** DockSnap's agent alone, on nodes of other sizes. */
async function grown(context: BenchContext): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of growth) {
    context.progress(`${size} containers`);
    const costs = [await costOf(context, 'docksnap', 'big', size)];
    rows.push(
      {
        what: `${size} containers: CPU per tick of the big page`,
        unit: 'ms',
        ours: costs.map((cost) => cost.cpuMsPerTick),
      },
      { what: `${size} containers: working set`, unit: 'bytes', ours: costs.map((cost) => cost.workingSetBytes) },
    );
  }
  return rows;
}

function heapRows(context: BenchContext): Row[] {
  context.progress('heap');
  const ours = Array.from({ length: context.runs }, () => heapBytesPerSample(expandedPages(containers)));
  return [{ what: 'big page: heap that reading it again takes, per sample', unit: 'B/sample', ours }];
}

let cgroups = 0;

async function costOf({ folder }: BenchContext, contender: Contender, kind: PageKind, size: number): Promise<Cost> {
  const { page, everySeconds, warmTicks, ticks } = pages[kind];
  const server = new PageServer(expandedPages(size), everySeconds * 1000);
  await server.start(selfSigned('node'));
  const sink = new Sink();
  await sink.start();
  const task: Task = { page, kubelet: server.url, sink: sink.url, everySeconds, folder };
  const cgroup = new OwnCgroup(
    `docksnap-bench-${process.pid}-${cgroups++}`,
    contender === 'docksnap' ? limitMiB : undefined,
  );
  const startedMs = Date.now();
  const program = await startContender(contender, task, cgroup);
  try {
    await asked(server, page, warmTicks);
    const before = { cpu: cgroup.cpuMicros, asked: server.asked(page) };
    await asked(server, page, before.asked + ticks);
    // Half of an interval on, what the last tick brought has been worked on.
    await sleep(everySeconds * 500);
    const [cpu, count] = [cgroup.cpuMicros - before.cpu, server.asked(page) - before.asked];
    return {
      cpuMsPerTick: cpu / 1000 / count,
      workingSetBytes: cgroup.workingSetBytes,
      residentBytes: residentBytesOf(program.pid),
      firstPushMs: sink.firstMs - startedMs,
      bodyBytes: sink.bodies.at(-1) ?? 0,
      oomKills: cgroup.oomKills,
    };
  } finally {
    await program.end('SIGKILL');
    await sink.stop();
    await server.stop();
    await sleep(100);
    cgroup.remove();
  }
}

async function asked(server: PageServer, page: string, times: number): Promise<void> {
  const deadline = Date.now() + startMostMs + times * 5000;
  while (server.asked(page) < times) {
    if (Date.now() > deadline) throw new Error(`${page} was asked for ${server.asked(page)} times, not ${times}`);
    await sleep(20);
  }
}

function residentBytesOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
