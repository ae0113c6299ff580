import type { Block, Description, LedgerEntry, PushedBlock } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { DescriptionsRepository } from './descriptions.repository.ts';
import { EntitiesRepository } from './entities.repository.ts';
import { NodesRepository } from './nodes.repository.ts';
import { PartWriter } from './part-writer.ts';
import { type AppendResult, type KnownEntity, type NodeRecord, Store } from './store.ts';
import { StoredBlocks } from './stored-blocks.ts';

/** The store on MongoDB's protocol; each collection has its repository. */
@Injectable()
export class MongoStore extends Store {
  constructor(
    private readonly nodesRepository: NodesRepository,
    private readonly descriptionsRepository: DescriptionsRepository,
    private readonly entitiesRepository: EntitiesRepository,
    private readonly writer: PartWriter,
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

  override append(nodeId: string, blocks: readonly PushedBlock[], shiftMs: number): Promise<AppendResult> {
    return this.writer.append(nodeId, blocks, shiftMs);
  }

  override blocks(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): Promise<readonly Block[]> {
    return this.stored.read(nodeId, fromMs, toMs, only);
  }

  override totals(nodeId: string): Promise<AppendResult> {
    return this.writer.totals(nodeId);
  }

  override reported(nodeId: string): Promise<readonly LedgerEntry[]> {
    return this.nodesRepository.reported(nodeId);
  }

  override putReported(nodeId: string, epochs: readonly LedgerEntry[]): Promise<void> {
    return this.nodesRepository.putReported(nodeId, epochs);
  }

  override entity(nodeId: string, key: string): Promise<KnownEntity | undefined> {
    return this.entitiesRepository.get(nodeId, key);
  }

  override putEntities(nodeId: string, entities: readonly KnownEntity[]): Promise<void> {
    return this.entitiesRepository.put(nodeId, entities);
  }
}
