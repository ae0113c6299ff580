import type { Description, Entity } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { descriptionId, nodeOf } from '../store/identifiers.ts';
import { Store } from '../store/store.ts';

/** What names descriptions: blocks, and sums of them. */
interface Listing {
  readonly entities: readonly Pick<Entity, 'description'>[];
}

/** Descriptions kept in memory; entities share them. */
const mostKept = 200_000;

/** Descriptions that blocks name: as pushed, as kept from earlier pushes, or as stored. */
@Injectable()
export class KnownDescriptions {
  /** By descriptionId, the one used last at the end. */
  private readonly kept = new Map<string, Description>();

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
      const description = pushed.get(hash) ?? this.kept.get(descriptionId(nodeId, hash));
      if (description === undefined) unknown.add(hash);
      else found.set(hash, description);
    }
    if (unknown.size > 0)
      for (const [hash, one] of await this.store.descriptions(nodeId, unknown)) found.set(hash, one);
    for (const [hash, description] of found) this.keep(descriptionId(nodeId, hash), description);
    return found;
  }

  /** Lets go of those of these nodes. */
  drop(nodeIds: ReadonlySet<string>): void {
    for (const id of this.kept.keys()) if (nodeIds.has(nodeOf(id))) this.kept.delete(id);
  }

  private keep(id: string, description: Description): void {
    this.kept.delete(id);
    this.kept.set(id, description);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) return;
      this.kept.delete(oldest);
    }
  }
}

/** Every description that their entities name. */
export function hashesOf(blocks: readonly Listing[]): ReadonlySet<string> {
  const hashes = blocks.flatMap((block) => block.entities.map((entity) => entity.description));
  return new Set(hashes.filter((hash) => hash !== ''));
}
