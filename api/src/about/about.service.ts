import type { About } from '@docksnap/contract';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { eventsKeptMs } from '../events/events-writer.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { Loop } from '../replicas/loop.ts';
import { Peers } from '../replicas/peers.ts';
import { agesOf } from '../retention/ages.ts';
import { DatabaseSize } from '../store/database-size.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { IngestRate } from './ingest-rate.ts';

const readMs = 10_000;

/** What DockSnap is and does, as far as this replica knows. */
@Injectable()
export class AboutService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rate = new IngestRate();
  private loop: Loop | undefined;

  constructor(
    private readonly live: LiveNodes,
    private readonly peers: Peers,
    private readonly size: DatabaseSize,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new Loop('count what comes in', readMs, () => this.count());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  async answer(): Promise<About> {
    const nodes = this.live.all();
    const ages = agesOf(this.config);
    const kept = (['raw', 'm1', 'm5', 'h1'] as const).map((tier) => ({ tier, ms: ages[tier] }));
    return {
      databaseBytes: await this.bytes(),
      databaseLimitBytes: this.config.retentionBytes ?? null,
      kept: [...kept, { tier: 'events', ms: eventsKeptMs }],
      ticksPerSecond: this.rate.perSecond(),
      nodes: nodes.length,
      containers: nodes.reduce(
        (sum, { present, entities }) =>
          sum + [...present].filter((key) => entities.get(key)?.kind === 'container').length,
        0,
      ),
      replicas: this.peers.all().filter(({ hasStopped }) => !hasStopped).length,
    };
  }

  private async count(): Promise<void> {
    const stored = this.live.all().map(({ record, ledger }) => [record.id, ledger.stored] as const);
    this.rate.read(new Map(stored), this.clock.nowMs());
    return Promise.resolve();
  }

  private async bytes(): Promise<number | null> {
    try {
      return await this.size.bytes();
    } catch (error) {
      if (error instanceof StoreUnavailableError) return null;
      throw error;
    }
  }
}
