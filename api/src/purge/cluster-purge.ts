import { Injectable } from '@nestjs/common';
import { Store } from '../store/store.ts';
import { PurgedSums } from './purged-sums.ts';

/** What belongs to no node alone: it goes when every node of its cluster does. */
@Injectable()
export class ClusterPurge {
  constructor(
    private readonly store: Store,
    private readonly sums: PurgedSums,
  ) {}

  /** @param going keys of the nodes that go */
  async remove(cluster: string, going: ReadonlySet<string>): Promise<void> {
    const nodes = (await this.store.nodes()).filter((node) => node.cluster === cluster);
    if (nodes.every(({ id }) => going.has(id))) await this.sums.removeWorkloads(cluster);
  }
}
