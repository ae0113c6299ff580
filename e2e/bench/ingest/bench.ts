import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pushAnswerSchema } from '@docksnap/contract';
import { BenchApi } from '../api/bench-api.ts';
import { cpuSeconds } from '../api/cpu.ts';
import { Poster } from '../api/pushing.ts';
import type { Bench, BenchContext, Row } from '../harness/bench.ts';
import { interleaved } from '../harness/interleaved.ts';
import { PrometheusServer } from '../peers/prometheus-server.ts';
import { remoteWrite, remoteWriteHeaders } from '../peers/remote-write.ts';
import { VictoriaMetrics } from '../peers/victoria-metrics.ts';
import { containers, fleetTicks, type FleetTick } from './fleet-ticks.ts';

const nodes = 500;
/** Ticks of every node in one run; one before the first run makes all known. */
const ticksPerRun = 2;
/** Nodes that push at the same time: each its next tick when its last is acknowledged. */
const together = 100;

/** Samples for each second of CPU time, of the server and of the database behind it. */
interface Speed {
  readonly server: number;
  readonly database: number;
}

/** Somebody who takes a tick of a node, and acknowledges it when it is stored by its own lights. */
interface Taker {
  send(node: number, tick: FleetTick): Promise<void>;
  readonly pid: number;
  readonly databasePid?: number;
  /** Samples that it says it has. */
  count?(): Promise<number>;
  end(): Promise<void>;
}

async function docksnap(folder: string, poster: Poster): Promise<Taker> {
  const api = await BenchApi.start(folder);
  return {
    pid: api.pid,
    databasePid: api.databasePid,
    send: async (node, tick) => {
      const answer = await poster.push(api.url, `node-${node}`, tick.bodyOf(node));
      const { stored, duplicate } = pushAnswerSchema.parse(JSON.parse(answer));
      // One that was told to come again may have been stored all the same.
      if (stored + duplicate !== 1) throw new Error(`a tick of node-${node} was answered ${answer}`);
    },
    end: async () => api.end(),
  };
}

async function victoriaMetrics(folder: string, poster: Poster): Promise<Taker> {
  const peer = await VictoriaMetrics.start(folder);
  return {
    pid: peer.pid,
    send: async (node, tick) => {
      await poster.post(`${peer.url}/api/v1/write`, remoteWriteHeaders, remoteWrite(tick.seriesOf(node), 0));
    },
    count: async () => peer.remoteWritten(),
    end: async () => peer.end(),
  };
}

async function prometheus(folder: string, poster: Poster): Promise<Taker> {
  const peer = await PrometheusServer.start(folder);
  return {
    pid: peer.pid,
    send: async (node, tick) => {
      await poster.post(`${peer.url}/api/v1/write`, remoteWriteHeaders, remoteWrite(tick.seriesOf(node), 0));
    },
    count: async () => peer.sampleCount(),
    end: async () => peer.end(),
  };
}

/** Every node pushes these ticks, in their order, some nodes at a time. */
async function sendAll(taker: Taker, ticks: readonly FleetTick[]): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let node = next++; node < nodes; node = next++) {
      for (const tick of ticks) await taker.send(node, tick);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
}

async function measure(taker: Taker, ticks: readonly FleetTick[]): Promise<Speed> {
  const cpu = (pid: number | undefined): number => (pid === undefined ? NaN : cpuSeconds(pid));
  const [server, database] = [cpu(taker.pid), cpu(taker.databasePid)];
  await sendAll(taker, ticks);
  const samples = nodes * ticks.reduce((sum, tick) => sum + tick.samples, 0);
  return { server: samples / (cpu(taker.pid) - server), database: samples / (cpu(taker.databasePid) - database) };
}

async function mustHaveAll(taker: Taker, name: string, ticks: readonly FleetTick[]): Promise<void> {
  const sent = nodes * ticks.reduce((sum, tick) => sum + tick.samples, 0);
  const found = await taker.count?.();
  if (found !== undefined && found < sent) throw new Error(`${name} has ${found} of ${sent} samples`);
}

async function run(context: BenchContext): Promise<readonly Row[]> {
  const ticks = fleetTicks(1 + context.runs * ticksPerRun, Date.now());
  const poster = new Poster();
  const takers: Record<string, Taker> = {};
  try {
    for (const [name, start] of Object.entries({ docksnap, victoriaMetrics, prometheus })) {
      context.progress(`${name} learns ${nodes} nodes of ${containers} containers`);
      const folder = join(context.folder, name);
      await mkdir(folder);
      takers[name] = await start(folder, poster);
      await sendAll(takers[name], ticks.slice(0, 1));
    }
    const contenders = Object.fromEntries(
      Object.entries(takers).map(([name, taker]) => {
        const ofRun = (of: number): readonly FleetTick[] =>
          ticks.slice(1 + of * ticksPerRun, 1 + (of + 1) * ticksPerRun);
        return [name, async (of: number) => measure(taker, ofRun(of))];
      }),
    );
    const speeds = await interleaved(context.runs, contenders, (line) => {
      context.progress(line);
    });
    for (const [name, taker] of Object.entries(takers)) await mustHaveAll(taker, name, ticks);
    return rowsOf(speeds);
  } finally {
    poster.end();
    await Promise.all(Object.values(takers).map(async (taker) => taker.end()));
  }
}

function rowsOf(speeds: Readonly<Record<string, readonly Speed[]>>): Row[] {
  const of = (name: string): number[] => (speeds[name] ?? []).map(({ server }) => server);
  const ours = of('docksnap');
  const peer = (name: string, key: string, bound: number): Row => ({
    what: `the same, beside ${name}`,
    unit: 'samples/s',
    ours,
    peer: { name, values: of(key) },
    goal: { kind: 'at least', of: 'ratio', bound },
  });
  return [
    {
      what: 'taken by one core of the API, acknowledged after the database has them',
      unit: 'samples/s',
      ours,
      goal: { kind: 'at least', of: 'value', bound: 2_000_000 },
    },
    peer('VictoriaMetrics', 'victoriaMetrics', 3),
    peer('Prometheus', 'prometheus', 9),
    {
      what: 'stored by one core of the trial database behind it, which is not MongoDB',
      unit: 'samples/s',
      ours: (speeds['docksnap'] ?? []).map(({ database }) => database),
    },
  ];
}

export const bench: Bench = {
  name: 'ingest',
  title: `Ingest: pushes of one tick, ${containers} containers × 17 metrics, from ${nodes} nodes with tokens; per core`,
  expectedMinutes: 4,
  run,
};
