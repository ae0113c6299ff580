import { Injectable } from '@nestjs/common';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { Memory } from '../live/memory.ts';
import { DescriptionsRepository } from '../store/descriptions.repository.ts';
import { NodeNames } from './node-names.ts';
import type { PurgeDocument } from './purges.ts';

/** What this replica has in memory of nodes whose past is to go. */
@Injectable()
export class PurgedMemory {
  constructor(
    private readonly memory: Memory,
    private readonly known: KnownDescriptions,
    private readonly descriptions: DescriptionsRepository,
    private readonly names: NodeNames,
  ) {}

  /** Whether the node has reported since it was asked for: it has another monitor. */
  isBack({ _id, askedMs }: PurgeDocument): boolean {
    return (this.memory.get(_id)?.lastReceivedMs ?? -Infinity) > askedMs;
  }

  /** Lets go of all of it, and of who was in it: no part may have named them yet. */
  async forget(purges: readonly PurgeDocument[]): Promise<void> {
    const nodeIds = new Set(purges.filter((purge) => !this.isBack(purge)).map(({ _id }) => _id));
    for (const nodeId of nodeIds) {
      const entities = this.memory.get(nodeId)?.entities.values() ?? [];
      await this.names.removeEntities(nodeId, [...entities]);
    }
    this.memory.drop(nodeIds);
    this.known.drop(nodeIds);
    this.descriptions.drop(nodeIds);
  }
}
