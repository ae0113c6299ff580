import { Injectable } from '@nestjs/common';
import { type CommitDocument, commitsPerLog, logName } from '../commit-log/commit.ts';
import { LogReader } from '../commit-log/log-reader.ts';
import { PartAdder } from '../parts/part-adder.ts';
import type { HeldBlock } from '../recent/held-block.ts';
import { HeldBlocks } from '../recent/held-blocks.ts';
import { Collections } from '../store/collections.ts';

/** Commits that are put into parts at a time: at most a few hundred MiB of blocks. */
const commitsAtOnce = 64;

/** Drops collections of a log, each after every block in it is in parts. */
@Injectable()
export class LogDrain {
  constructor(
    private readonly collections: Collections,
    private readonly reader: LogReader,
    private readonly adder: PartAdder,
    private readonly held: HeldBlocks,
  ) {}

  /** A collection to which nothing is added any more. Rejects with StoreUnavailableError; then do it again. */
  async drop(replica: string, log: number): Promise<void> {
    const first = log * commitsPerLog;
    const some: CommitDocument[] = [];
    for await (const commit of this.reader.from(replica, first)) {
      if (Number(commit._id) >= first + commitsPerLog) break;
      some.push(commit);
      if (some.length === commitsAtOnce) await this.add(some.splice(0));
    }
    await this.add(some);
    await this.collections.of(logName(replica, first)).drop();
  }

  private async add(commits: readonly CommitDocument[]): Promise<void> {
    const byNode = Map.groupBy(
      commits.flatMap(({ pushes }) => pushes),
      ({ n }) => n,
    );
    for (const [nodeId, pushes] of byNode) {
      const blocks: HeldBlock[] = [];
      for (const push of pushes) blocks.push(...(await this.held.of(push)));
      const byWindow = Map.groupBy(blocks, ({ window }) => window);
      for (const [window, inWindow] of byWindow) await this.adder.add(nodeId, window, inWindow);
    }
  }
}
