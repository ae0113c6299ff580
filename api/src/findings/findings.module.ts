import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { LiveJobs } from '../live/live-jobs.ts';
import { LiveModule } from '../live/live.module.ts';
import { onceFull } from '../live/once-full.ts';
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
  imports: [LiveModule, NodesModule, SeriesModule],
  controllers: [FindingsController],
  providers: [FindingsService, FindingsJob, Pasts],
})
export class FindingsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loop: Loop | undefined;

  constructor(
    private readonly job: FindingsJob,
    private readonly jobs: LiveJobs,
  ) {}

  onApplicationBootstrap(): void {
    const turn = onceFull(this.jobs, () => this.job.turn(this.stopping.signal));
    this.loop = new Loop('look for what needs attention', everyMs, turn);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop?.stop();
  }
}
