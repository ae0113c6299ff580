import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { stackOf } from './errors.ts';
import type { Clock } from './epoch/clock.ts';
import { Epoch } from './epoch/epoch.ts';
import { RowDrops } from './exposition/row-drops.ts';
import { exposition } from './health/exposition.ts';
import { Health } from './health/health.ts';
import { createHealthServer } from './health/server.ts';
import type { Log } from './log.ts';
import { Problems } from './problems.ts';
import { ContainerKeys } from './processes/container-keys.ts';
import { ProcessSender, processTarget } from './processes/process-sender.ts';
import { Pusher } from './push/pusher.ts';
import { Transport } from './push/transport.ts';
import { createReport } from './report/report.ts';
import { createSource } from './source/create-source.ts';
import type { PendingTick } from './spool/backlog.ts';
import { Spool } from './spool/spool.ts';
import { Collector } from './tick/collector.ts';
import { runLoop } from './tick/loop.ts';
import { ScrapeTimes } from './tick/scrape-times.ts';
import { zstd } from './zstd.ts';

const pushTimeoutMs = 10_000;
/** What the pushes under way at a stop may take in all. */
const lastPushMs = 5000;
/** An eighth of the spool, so that dropping the oldest loses little, and no more than is scanned at ease. */
const segmentBytesMost = 4 * 1024 * 1024;
const memorySpoolBytes = 8 * 1024 * 1024;

export interface Agent {
  start(): Promise<void>;
  /** Finishes the tick and the push under way, tries once to send what is new, and closes the spool. */
  stop(): Promise<void>;
  /** Of the health server, once started. */
  readonly port: number;
}

/** Wires one agent. random, in [0, 1), spreads retries. */
export function createAgent(config: Config, clock: Clock, log: Log, random: () => number = Math.random): Agent {
  const wallMs = (): number => clock.wallMs();
  const { intervalMs, timeoutMs } = config;
  const problems = new Problems(wallMs, log);
  const drops = new RowDrops();
  const times = new ScrapeTimes();
  const health = new Health(clock, intervalMs, timeoutMs);
  const { maxBytes } = config.spool;
  const segmentBytes = Math.min(segmentBytesMost, Math.floor(maxBytes / 8));
  const spool = new Spool({ ...config.spool, segmentBytes, memoryBytes: memorySpoolBytes }, wallMs, problems, log);
  const tools = { problems, drops, times, log, wallMs };
  const { source: chosen, kubeletTrust, cadvisor } = createSource(config, tools);
  const keys = new ContainerKeys();
  const source = config.processes ? keys.watching(chosen) : chosen;
  const epoch = new Epoch(clock);
  const collector = new Collector({ source, epoch, zstd });
  const transport = new Transport({ ...config.api, timeoutMs: pushTimeoutMs });
  const processes =
    config.processes && cadvisor !== undefined
      ? new ProcessSender({
          ...tools,
          client: cadvisor,
          keys,
          transport: new Transport({ ...config.api, timeoutMs: pushTimeoutMs, target: processTarget }),
          timeoutMs,
        })
      : undefined;
  const account = { intervalMs, epoch: () => epoch.id, spool, problems, kubeletTrust, wallMs };
  const report = (travelling: readonly PendingTick[]) => createReport(account, travelling);
  const pusher = new Pusher({ spool, transport, report, problems, log, random });
  const server = createHealthServer({
    health,
    problems,
    exposition: () => exposition({ health, spool, times, drops }),
  });

  const tick = async (): Promise<void> => {
    try {
      const collected = await collector.collect();
      if (collected === undefined) {
        pusher.offerReport();
      } else {
        await spool.append(collected);
        pusher.offer(collected);
      }
      processes?.offer(wallMs());
      health.turned(collected?.ticks ?? 0);
    } catch (error) {
      // Not turned: if it goes on, the liveness probe restarts the agent.
      log.error('a tick failed', { error: stackOf(error) });
    }
  };

  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  let pushing: Promise<void> = Promise.resolve();
  return {
    get port() {
      return portOf(server.address());
    },
    start: async () => {
      await source.open();
      await spool.open();
      server.listen(config.listen.port, config.listen.host);
      await once(server, 'listening');
      pushing = pusher.run();
      running = runLoop(intervalMs, clock, stopping.signal, tick);
    },
    stop: async () => {
      stopping.abort();
      await running;
      await processes?.stop();
      pusher.stop();
      transport.closeWithin(lastPushMs);
      await pushing;
      await pusher.flush();
      await spool.close();
      transport.close();
      source.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
