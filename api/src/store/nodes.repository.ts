import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from './documents.ts';
import { nodeDocumentId } from './identifiers.ts';
import { NodeDocument } from './schemas.ts';
import { type NodeRecord, StoreUnavailableError } from './store.ts';

/** Nodes by cluster, name and UID, which never change and are read once. */
@Injectable()
export class NodesRepository {
  private readonly documents: Documents<NodeDocument>;
  private readonly cached = new Map<string, NodeRecord>();
  private readonly byKey = new Map<string, NodeRecord>();

  constructor(@InjectModel(NodeDocument.name) nodes: Model<NodeDocument>) {
    this.documents = new Documents(nodes);
  }

  async nodeFor(cluster: string, name: string, uid: string): Promise<NodeRecord> {
    const _id = nodeDocumentId(cluster, name, uid);
    const cached = this.cached.get(_id);
    if (cached !== undefined) return cached;
    const found = (await this.documents.find(_id)) ?? (await this.make({ _id, n: newKey(), cluster, name, uid }));
    return this.remember(found);
  }

  async all(): Promise<readonly NodeRecord[]> {
    return (await this.documents.all()).map((document) => this.remember(document));
  }

  /** By its key; undefined when there is none. */
  async withKey(nodeId: string): Promise<NodeRecord | undefined> {
    if (!this.byKey.has(nodeId)) await this.all();
    return this.byKey.get(nodeId);
  }

  /** Somebody else may make it at the same time: the first insert is the node's key for ever. */
  private async make(document: NodeDocument): Promise<NodeDocument> {
    if (await this.documents.insert(document)) return document;
    const winner = await this.documents.find(document._id);
    if (winner === undefined) throw new StoreUnavailableError(`node ${document.name} was made and is gone; try again`);
    return winner;
  }

  private remember({ _id, n, cluster, name, uid }: NodeDocument): NodeRecord {
    const record = this.cached.get(_id) ?? { id: n, cluster, name, uid };
    this.cached.set(_id, record);
    this.byKey.set(n, record);
    return record;
  }
}

/** Random, so that documents of many nodes spread over a cluster's shards. */
function newKey(): string {
  return randomBytes(8).toString('hex');
}
