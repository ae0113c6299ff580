import type { Description, Entity } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Store } from '../store/store.ts';
import { KeptByNode } from './kept-by-node.ts';

/** What names descriptions: blocks, and sums of them. */
interface Listing {
  readonly entities: readonly Pick<Entity, 'description'>[];
}

/** Descriptions kept in memory; entities share them. */
const mostKept = 200_000;

/** Descriptions that blocks name: as pushed, as kept from earlier pushes, or as stored. */
@Injectable()
export class KnownDescriptions {
  private readonly kept = new KeptByNode<Description>(mostKept);

  constructor(private readonly store: Store) {}

  /** By hash, without those that nobody knows. */
  async of(
    nodeId: string,
    blocks: readonly Listing[],
    pushed: ReadonlyMap<string, Description> = new Map(),
  ): Promise<ReadonlyMap<string, Description>> {
    const found = new Map<string, Description>();
    const unknown = new Set<string>();
    for (const hash of hashesOf(blocks)) {
      const kept = this.kept.get(nodeId, hash);
      const description = kept ?? pushed.get(hash);
      if (description === undefined) unknown.add(hash);
      else found.set(hash, description);
      if (description !== undefined && kept === undefined) this.kept.keep(nodeId, hash, description);
    }
    if (unknown.size === 0) return found;
    for (const [hash, description] of await this.store.descriptions(nodeId, unknown)) {
      found.set(hash, description);
      this.kept.keep(nodeId, hash, description);
    }
    return found;
  }

  /** Lets go of those of these nodes. */
  drop(nodeIds: ReadonlySet<string>): void {
    for (const nodeId of nodeIds) this.kept.drop(nodeId);
  }
}

/** Every description that their entities name. */
export function hashesOf(blocks: readonly Listing[]): ReadonlySet<string> {
  const hashes = new Set<string>();
  for (const { entities } of blocks) for (const { description } of entities) hashes.add(description);
  hashes.delete('');
  return hashes;
}
