import { type Description, descriptionSchema } from '@docksnap/contract';
import { canonicalJson } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from './documents.ts';
import { descriptionId, nodeOf } from './identifiers.ts';
import { DescriptionDocument } from './schemas.ts';

/** Descriptions known to be stored; beyond this the oldest is written again in vain. About 100 bytes each. */
const mostKnown = 200_000;
const concurrency = 16;

/** Descriptions by node and content hash. */
@Injectable()
export class DescriptionsRepository {
  private readonly documents: Documents<DescriptionDocument>;
  private readonly known = new Set<string>();

  constructor(@InjectModel(DescriptionDocument.name) model: Model<DescriptionDocument>) {
    this.documents = new Documents(model);
  }

  async put(nodeId: string, descriptions: ReadonlyMap<string, Description>): Promise<void> {
    await inGroups([...descriptions], async ([hash, description]) => {
      const _id = descriptionId(nodeId, hash);
      if (this.known.has(_id)) return;
      await this.documents.insert({ _id, json: canonicalJson(description) });
      this.remember(_id);
    });
  }

  async get(nodeId: string, hashes: ReadonlySet<string>): Promise<ReadonlyMap<string, Description>> {
    const found = new Map<string, Description>();
    await inGroups([...hashes], async (hash) => {
      const document = await this.documents.find(descriptionId(nodeId, hash));
      if (document === undefined) return;
      this.remember(document._id);
      found.set(hash, descriptionSchema.parse(JSON.parse(document.json)));
    });
    return found;
  }

  /** Removes a description that no block names any more. */
  async remove(nodeId: string, hash: string): Promise<void> {
    const id = descriptionId(nodeId, hash);
    this.known.delete(id);
    await this.documents.remove(id);
  }

  /** Forgets which descriptions of these nodes are stored: somebody may have removed them. */
  drop(nodeIds: ReadonlySet<string>): void {
    for (const id of this.known) if (nodeIds.has(nodeOf(id))) this.known.delete(id);
  }

  private remember(id: string): void {
    this.known.add(id);
    if (this.known.size <= mostKnown) return;
    for (const oldest of this.known) {
      this.known.delete(oldest);
      return;
    }
  }
}

async function inGroups<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let next = 0; next < items.length; next += concurrency) {
    await Promise.all(items.slice(next, next + concurrency).map(each));
  }
}
