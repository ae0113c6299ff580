import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ContainersModule } from '../containers/containers.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { Loop } from '../replicas/loop.ts';
import { KeptShare } from '../retention/share.ts';
import { StoreModule } from '../store/store.module.ts';
import { KeptProcesses } from './kept-processes.ts';
import { ProcessListsController } from './process-lists.controller.ts';
import { ProcessesController } from './processes.controller.ts';
import { ProcessesRetention } from './processes-retention.ts';
import { ProcessesService } from './processes.service.ts';

const everyMs = 10 * 60_000;

/** Lists of processes, of agents that send them. */
@Module({
  imports: [StoreModule, IngestModule, NodesModule, ContainersModule],
  controllers: [ProcessListsController, ProcessesController],
  providers: [KeptProcesses, KeptShare, ProcessesService, ProcessesRetention],
  exports: [KeptProcesses],
})
export class ProcessesModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: Loop | undefined;

  constructor(private readonly retention: ProcessesRetention) {}

  onApplicationBootstrap(): void {
    this.loop = new Loop('remove lists of processes that are too old', everyMs, () => this.retention.turn());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
