import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { windowOf } from './identifiers.ts';
import { NodeStateRepository } from './node-state.repository.ts';
import { NodesRepository } from './nodes.repository.ts';
import { PartWriter } from './part-writer.ts';

const everyMs = 10 * 60 * 1000;
const hourMs = 3_600_000;

/** Removes windows older than the retention time, by their computed ids. */
@Injectable()
export class Retention implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Retention');
  private timer: NodeJS.Timeout | undefined;
  private running = false;

  constructor(
    private readonly nodes: NodesRepository,
    private readonly state: NodeStateRepository,
    private readonly writer: PartWriter,
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

  /** One round over all nodes. A failure ends it; the next round goes on where the cursors stand. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (const node of await this.nodes.all()) await this.trim(node.id);
    } catch (error) {
      this.log.warn(`old windows are not removed: ${error instanceof Error ? error.message : 'unknown error'}`);
    } finally {
      this.running = false;
    }
  }

  private async trim(nodeId: string): Promise<void> {
    const state = await this.state.get(nodeId);
    if (state === undefined) return;
    const keepFrom = windowOf(this.clock.nowMs() - this.config.retentionHours * hourMs);
    for (let window = state.oldestWindow; window < keepFrom; window += 1) {
      await this.writer.removeWindow(nodeId, window);
    }
  }
}
