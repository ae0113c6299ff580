import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Loop } from '../replicas/loop.ts';
import { SpansJob } from './spans-job.ts';
import { WindowsJob } from './windows-job.ts';

const rollUpMs = 30_000;

/** What a replica does for the tiers by itself, as long as it runs. */
@Injectable()
export class TierJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loops: readonly Loop[] = [];

  constructor(
    private readonly windows: WindowsJob,
    private readonly spans: SpansJob,
  ) {}

  onApplicationBootstrap(): void {
    this.loops = [
      new Loop('roll up windows', rollUpMs, () => this.windows.turn()),
      new Loop('roll up spans', rollUpMs, () => this.spans.turn()),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
