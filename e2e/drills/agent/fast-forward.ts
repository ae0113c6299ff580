import { createLog } from '../../../agent/src/log.ts';
import { parseConfig } from '../../../agent/src/config.ts';
import { Epoch } from '../../../agent/src/epoch/epoch.ts';
import { RowDrops } from '../../../agent/src/exposition/row-drops.ts';
import { Problems } from '../../../agent/src/problems.ts';
import { createSource } from '../../../agent/src/source/create-source.ts';
import { Spool } from '../../../agent/src/spool/spool.ts';
import { Collector } from '../../../agent/src/tick/collector.ts';
import { ScrapeTimes } from '../../../agent/src/tick/scrape-times.ts';
import { zstd } from '../../../agent/src/zstd.ts';
import type { DrilledNode } from './drilled-node.ts';

export interface FastForward {
  readonly ticks: number;
  /** Between two ticks. */
  readonly everyMs: number;
  readonly spoolBytes: number;
  /** Called after each tick. */
  readonly watch?: () => Promise<void>;
}

/**
 * Hours of an outage in minutes: the agent's own collector and spool by a clock that is turned, from the kubelet
 * through the recording proxy, as fast as they go. The last tick is of now; the spool is left for a real agent.
 */
export async function fastForward(node: DrilledNode, forward: FastForward): Promise<void> {
  const { ticks, everyMs, spoolBytes, watch } = forward;
  let elapsedMs = 0;
  const beganMs = Date.now() - ticks * everyMs;
  const clock = { wallMs: () => beganMs + elapsedMs, monotonicMs: () => elapsedMs };
  const log = createLog('error', () => undefined, clock.wallMs);
  const interval = { DOCKSNAP_SCRAPE_INTERVAL_SECONDS: String(everyMs / 1000) };
  const config = parseConfig(await node.environment(interval));
  const [problems, drops] = [new Problems(clock.wallMs, log), new RowDrops()];
  const tools = { problems, drops, times: new ScrapeTimes(), log, wallMs: clock.wallMs };
  const { source } = createSource(config, tools);
  const collector = new Collector({ source, epoch: new Epoch(clock), zstd });
  const segmentBytes = Math.min(4 * 1024 * 1024, spoolBytes / 8);
  const options = { directory: node.spool, maxBytes: spoolBytes, maxAgeMs: 25 * 3_600_000, segmentBytes };
  const spool = new Spool({ ...options, memoryBytes: 2 ** 23 }, clock.wallMs, problems, log);
  await source.open();
  await spool.open();
  for (let tick = 1; tick <= ticks; tick++) {
    node.kubelet.turnTo(clock.wallMs());
    const collected = await collector.collect();
    if (collected === undefined)
      throw new Error(`tick ${tick} could not be collected: ${JSON.stringify(problems.list())}`);
    await spool.append(collected);
    await watch?.();
    elapsedMs += everyMs;
  }
  await spool.close();
  source.close();
  node.kubelet.turnTo(undefined);
}
