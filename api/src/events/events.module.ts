import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { LiveJobs } from '../live/live-jobs.ts';
import { LiveModule } from '../live/live.module.ts';
import { onceFull } from '../live/once-full.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { Loop } from '../replicas/loop.ts';
import { StoreModule } from '../store/store.module.ts';
import { EventWindows } from './event-windows.ts';
import { EventsController } from './events.controller.ts';
import { EventsService } from './events.service.ts';
import { EventsWatch } from './events-watch.ts';
import { EventsWriter } from './events-writer.ts';
import { KubernetesEvents } from './kubernetes-events.ts';
import { RecentEvents } from './recent-events.ts';

const lookMs = 2000;
const writeMs = 5000;

/** What happens, noticed and kept, as long as a replica runs. */
@Module({
  imports: [LiveModule, NodesModule, StoreModule],
  controllers: [EventsController],
  providers: [EventsService, EventsWatch, EventsWriter, EventWindows, KubernetesEvents, RecentEvents],
  exports: [EventsService],
})
export class EventsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loops: readonly Loop[] = [];

  constructor(
    private readonly watch: EventsWatch,
    private readonly writer: EventsWriter,
    private readonly kubernetes: KubernetesEvents,
    private readonly jobs: LiveJobs,
  ) {}

  onApplicationBootstrap(): void {
    this.loops = [
      new Loop(
        'notice what happens',
        lookMs,
        onceFull(this.jobs, () => this.watch.look()),
      ),
      new Loop('write down what happened', writeMs, () => this.write()),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.kubernetes.stop();
    await Promise.all(this.loops.map((loop) => loop.stop()));
    this.kubernetes.stop();
  }

  /** Who writes follows Kubernetes as well. */
  private async write(): Promise<void> {
    if (await this.writer.turn()) this.kubernetes.follow();
    else this.kubernetes.stop();
  }
}
