import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { Leases } from '../leases/leases.ts';
import { agesOf, oldestWindow } from '../retention/ages.ts';
import { KeptShare } from '../retention/share.ts';
import { KeptProcesses, minutesPerWindow } from './kept-processes.ts';

/** Removes lists of processes when the raw samples of their time go. */
@Injectable()
export class ProcessesRetention {
  /** By node, the first minute that this replica has not removed yet. */
  private removedTo: ReadonlyMap<string, number> = new Map<string, number>();

  constructor(
    private readonly leases: Leases,
    private readonly processes: KeptProcesses,
    private readonly share: KeptShare,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** One round. Rejects with StoreUnavailableError: the next one does what is left. */
  async turn(): Promise<void> {
    if (!(await this.leases.hold('processes'))) return;
    const ages = agesOf(this.config, await this.share.get());
    const keepFrom = oldestWindow(ages, this.clock.nowMs()) * minutesPerWindow;
    const days = await this.processes.days();
    for (const day of days) {
      await this.processes.removeBefore(day, keepFrom, this.removedTo.get(day.nodeId));
    }
    this.removedTo = new Map(days.map(({ nodeId }) => [nodeId, keepFrom]));
  }
}
