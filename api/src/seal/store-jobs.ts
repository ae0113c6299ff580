import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Loop } from '../replicas/loop.ts';
import { Heartbeat } from './heartbeat.ts';
import { Janitor } from './janitor.ts';
import { RosterTidier } from './roster-tidier.ts';
import { Sealer } from './sealer.ts';

const beatMs = 5000;
const sealMs = 10_000;
const cleanMs = 30_000;
const tidyMs = 60 * 60_000;

/** What a replica does for the store by itself, as long as it runs. */
@Injectable()
export class StoreJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loops: readonly Loop[] = [];

  constructor(
    private readonly heartbeat: Heartbeat,
    private readonly sealer: Sealer,
    private readonly janitor: Janitor,
    private readonly rosters: RosterTidier,
  ) {}

  onApplicationBootstrap(): void {
    this.loops = [
      new Loop('say that this replica lives', beatMs, () => this.heartbeat.turn()),
      new Loop('put closed windows into parts', sealMs, () => this.sealer.turn()),
      new Loop('drop logs', cleanMs, () => this.janitor.turn()),
      new Loop('drop rosters that no log names', tidyMs, () => this.rosters.turn()),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
