import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { NodesModule } from '../nodes/nodes.module.ts';
import { Loop } from '../replicas/loop.ts';
import { SeriesModule } from '../series/series.module.ts';
import { FindingsController } from './findings.controller.ts';
import { FindingsJob } from './findings-job.ts';
import { FindingsService } from './findings.service.ts';
import { Pasts } from './past.ts';

const everyMs = 5000;

/** Finds what needs attention, by itself, as long as the replica runs. */
@Module({
  imports: [NodesModule, SeriesModule],
  controllers: [FindingsController],
  providers: [FindingsService, FindingsJob, Pasts],
})
export class FindingsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loop: Loop | undefined;

  constructor(private readonly job: FindingsJob) {}

  onApplicationBootstrap(): void {
    this.loop = new Loop('look for what needs attention', everyMs, () => this.job.turn(this.stopping.signal));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop?.stop();
  }
}
