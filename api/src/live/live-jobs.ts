import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Follower } from '../commit-log/follower.ts';
import { LogWriter } from '../commit-log/log-writer.ts';
import { Loop } from '../replicas/loop.ts';
import { Peers } from '../replicas/peers.ts';
import { Replica } from '../replicas/replica.ts';
import { MemoryKeeper } from './memory-keeper.ts';

const lookMs = 1000;
const followMs = 250;
const keepMs = 60_000;

/** Keeps memory as full as that of every other replica, as long as this one runs. */
@Injectable()
export class LiveJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Memory');
  private loops: readonly Loop[] = [];
  private hasFollowed = false;
  private hasLooked = false;

  constructor(
    private readonly peers: Peers,
    private readonly follower: Follower,
    private readonly keeper: MemoryKeeper,
    private readonly writer: LogWriter,
    private readonly replica: Replica,
  ) {}

  /** Whether the last 15 minutes were read back from the logs: before that answers would have holes. */
  get isReady(): boolean {
    return this.hasFollowed;
  }

  onApplicationBootstrap(): void {
    this.loops = [
      new Loop('see its peers', lookMs, () => this.look()),
      new Loop('follow its peers', followMs, () => this.follow()),
      new Loop('write down what it knows of nodes', keepMs, () => this.keeper.turn()),
    ];
  }

  /** Writes what only this replica knows, then says that it has ended, so that nobody waits for it. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.writer.stop();
    try {
      await this.keeper.writeAll();
      await this.replica.end();
    } catch (error) {
      this.log.warn(
        `the database did not let this replica end in order: ${error instanceof Error ? error.message : ''}`,
      );
    }
  }

  private async look(): Promise<void> {
    await this.peers.look();
    this.hasLooked = true;
  }

  private async follow(): Promise<void> {
    if (!this.hasLooked) await this.look();
    if (!this.hasFollowed) await this.keeper.readLedgers();
    await this.follower.turn();
    this.hasFollowed = true;
  }
}
