import { Injectable } from '@nestjs/common';
import { Collections } from '../store/collections.ts';
import { type CommitDocument, commitsPerLog, logName } from './commit.ts';

/** How many commits are asked for at once, growing: mostly there is none or one, and thousands at the start. */
const fewestProbes = 1;
const mostProbes = 16;

/** Reads logs, of any replica. */
@Injectable()
export class LogReader {
  constructor(private readonly collections: Collections) {}

  find(replica: string, c: number): Promise<CommitDocument | undefined> {
    return this.collections.of<CommitDocument>(logName(replica, c)).find(String(c));
  }

  async has(replica: string, c: number): Promise<boolean> {
    const commits = this.collections.of<CommitDocument>(logName(replica, c));
    return (await commits.find(String(c), 'pushes')) !== undefined;
  }

  /** The newest commit of a replica from a number on. They are dense: it is found by halving, and it alone is read. */
  async last(replica: string, from: number): Promise<CommitDocument | undefined> {
    let there = from - 1;
    let step = 1;
    for (; await this.has(replica, there + step); step *= 2) there += step;
    for (step /= 2; step >= 1; step /= 2) if (await this.has(replica, there + step)) there += step;
    return there < from ? undefined : this.find(replica, there);
  }

  /** The commits of a replica from a number on, in order: they are dense, so the first missing one is the end. */
  async *from(replica: string, first: number): AsyncGenerator<CommitDocument> {
    for (let next = first, probes = fewestProbes; ; next += probes, probes = Math.min(4 * probes, mostProbes)) {
      const wanted = Array.from({ length: probes }, (_, offset) => next + offset);
      for (const commit of await Promise.all(wanted.map((c) => this.find(replica, c)))) {
        if (commit === undefined) return;
        yield commit;
      }
    }
  }

  /** The number of the oldest collection of a log that is still there, at or before this one. They end in order. */
  async firstLog(replica: string, from: number): Promise<number> {
    let first = from;
    while (first > 0 && (await this.has(replica, (first - 1) * commitsPerLog))) first -= 1;
    return first;
  }
}
