import type { Block, Description } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { DescriptionsRepository } from './descriptions.repository.ts';
import { EntitiesRepository } from './entities.repository.ts';
import { NodesRepository } from './nodes.repository.ts';
import { PushStore } from '../recent/push-store.ts';
import { type AppendResult, type KnownEntity, type NodePush, type NodeRecord, Store } from './store.ts';
import { StoredBlocks } from './stored-blocks.ts';

/** The store on MongoDB's protocol; each collection has its repository. */
@Injectable()
export class MongoStore extends Store {
  constructor(
    private readonly nodesRepository: NodesRepository,
    private readonly descriptionsRepository: DescriptionsRepository,
    private readonly entitiesRepository: EntitiesRepository,
    private readonly pushes: PushStore,
    private readonly stored: StoredBlocks,
  ) {
    super();
  }

  override nodeFor(cluster: string, name: string, uid: string): Promise<NodeRecord> {
    return this.nodesRepository.nodeFor(cluster, name, uid);
  }

  override nodes(): Promise<readonly NodeRecord[]> {
    return this.nodesRepository.all();
  }

  override putDescriptions(nodeId: string, descriptions: ReadonlyMap<string, Description>): Promise<void> {
    return this.descriptionsRepository.put(nodeId, descriptions);
  }

  override descriptions(nodeId: string, hashes: ReadonlySet<string>): Promise<ReadonlyMap<string, Description>> {
    return this.descriptionsRepository.get(nodeId, hashes);
  }

  override append(push: NodePush): Promise<AppendResult> {
    return this.pushes.append(push);
  }

  override blocks(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): Promise<readonly Block[]> {
    return this.stored.read(nodeId, fromMs, toMs, only);
  }

  override recentBlocks(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly Block[] {
    return this.stored.recent(nodeId, fromMs, toMs, only);
  }

  override entity(nodeId: string, key: string): Promise<KnownEntity | undefined> {
    return this.entitiesRepository.get(nodeId, key);
  }

  override putEntities(nodeId: string, entities: readonly KnownEntity[]): Promise<void> {
    return this.entitiesRepository.put(nodeId, entities);
  }
}
