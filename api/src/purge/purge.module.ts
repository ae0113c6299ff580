import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ClusterModule } from '../cluster/cluster.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { NodeWatchModule } from '../node-watch/node-watch.module.ts';
import { ProcessesModule } from '../processes/processes.module.ts';
import { Loop } from '../replicas/loop.ts';
import { StoreModule } from '../store/store.module.ts';
import { TiersModule } from '../tiers/tiers.module.ts';
import { ClusterPurge } from './cluster-purge.ts';
import { NodeNames } from './node-names.ts';
import { NodePast } from './node-past.ts';
import { NodePurge } from './node-purge.ts';
import { PurgeJob } from './purge-job.ts';
import { PurgedMemory } from './purged-memory.ts';
import { PurgedSums } from './purged-sums.ts';
import { PurgesController } from './purges.controller.ts';
import { Purges } from './purges.ts';
import { PurgesService } from './purges.service.ts';

const everyMs = 5000;

/** Ends what is stored of nodes when the operator asks for it. */
@Module({
  imports: [StoreModule, LiveModule, TiersModule, ClusterModule, NodeWatchModule, ProcessesModule],
  controllers: [PurgesController],
  providers: [Purges, NodeNames, PurgedSums, NodePurge, NodePast, ClusterPurge, PurgedMemory, PurgeJob, PurgesService],
})
export class PurgeModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: Loop | undefined;

  constructor(private readonly job: PurgeJob) {}

  onApplicationBootstrap(): void {
    this.loop = new Loop('remove what a deleted monitor has left', everyMs, () => this.job.turn());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
