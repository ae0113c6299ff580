import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { dayOf, Days, windowsOfDay } from '../parts/days.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { windowOf } from './identifiers.ts';

const everyMs = 10 * 60 * 1000;
const hourMs = 3_600_000;

/** Removes windows older than the retention time, by their computed ids. */
@Injectable()
export class Retention implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Retention');
  private timer: NodeJS.Timeout | undefined;
  private running = false;

  constructor(
    private readonly windows: RawWindows,
    private readonly days: Days,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.run(), everyMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** One round over all nodes. A failure ends it; the next round does what is left. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      const keepFrom = windowOf(this.clock.nowMs() - this.config.retentionHours * hourMs);
      for (const { nodeId, day } of await this.days.all()) {
        if (day <= dayOf(keepFrom)) await this.trim(nodeId, day, keepFrom);
      }
    } catch (error) {
      this.log.warn(`old windows are not removed: ${error instanceof Error ? error.message : 'unknown error'}`);
    } finally {
      this.running = false;
    }
  }

  private async trim(nodeId: string, day: number, keepFrom: number): Promise<void> {
    for (const window of windowsOfDay(day)) if (window < keepFrom) await this.windows.remove(nodeId, window);
    if (day < dayOf(keepFrom)) await this.days.close(nodeId, day);
  }
}
