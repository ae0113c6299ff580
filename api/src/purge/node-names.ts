import { descriptionHash } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { sha256 } from '../codec/sha256.ts';
import { DescriptionsRepository } from '../store/descriptions.repository.ts';
import { EntitiesRepository } from '../store/entities.repository.ts';
import type { KnownEntity } from '../store/store.ts';
import { inGroups } from './in-groups.ts';

/** Who was on a node: entities by key, and descriptions by hash. */
@Injectable()
export class NodeNames {
  constructor(
    private readonly entities: EntitiesRepository,
    private readonly descriptions: DescriptionsRepository,
  ) {}

  async remove(nodeId: string, keys: Iterable<string>, hashes: Iterable<string>): Promise<void> {
    await inGroups([...keys], (key) => this.entities.remove(nodeId, key));
    await inGroups([...hashes], (hash) => this.descriptions.remove(nodeId, hash));
  }

  /** What is known of these entities, and how they were described last. */
  async removeEntities(nodeId: string, entities: readonly KnownEntity[]): Promise<void> {
    const described = entities.flatMap(({ description }) => description ?? []);
    const hashes = new Set(described.map((description) => descriptionHash(description, sha256)));
    await this.remove(
      nodeId,
      entities.map(({ key }) => key),
      hashes,
    );
  }
}
