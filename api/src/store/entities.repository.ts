import { descriptionSchema } from '@docksnap/contract';
import { canonicalJson } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from './documents.ts';
import { entityId } from './identifiers.ts';
import { mergeIncarnations } from './incarnations.ts';
import { EntityDocument } from './schemas.ts';
import type { KnownEntity } from './store.ts';

/** Entities by node and key. This process is their only writer. */
@Injectable()
export class EntitiesRepository {
  private readonly documents: Documents<EntityDocument>;

  constructor(@InjectModel(EntityDocument.name) model: Model<EntityDocument>) {
    this.documents = new Documents(model);
  }

  async get(nodeId: string, key: string): Promise<KnownEntity | undefined> {
    const document = await this.documents.find(entityId(nodeId, key));
    if (document === undefined) return undefined;
    const { kind, description, lastSeenMs, incarnations } = document;
    return {
      kind,
      key,
      description: description === undefined ? undefined : descriptionSchema.parse(JSON.parse(description)),
      lastSeenMs,
      incarnations,
    };
  }

  /** Adds what is known now to what was: earlier incarnations stay. */
  async put(nodeId: string, entities: readonly KnownEntity[]): Promise<void> {
    const documents: EntityDocument[] = [];
    for (const entity of entities) documents.push(await this.merged(nodeId, entity));
    await this.documents.replace(documents);
  }

  async remove(nodeId: string, key: string): Promise<void> {
    await this.documents.remove(entityId(nodeId, key));
  }

  private async merged(nodeId: string, entity: KnownEntity): Promise<EntityDocument> {
    const before = await this.documents.find(entityId(nodeId, entity.key));
    const description = entity.description === undefined ? before?.description : canonicalJson(entity.description);
    return {
      _id: entityId(nodeId, entity.key),
      kind: entity.kind,
      ...(description === undefined ? {} : { description }),
      lastSeenMs: Math.max(entity.lastSeenMs, before?.lastSeenMs ?? 0),
      incarnations: [...mergeIncarnations(entity.incarnations, before?.incarnations ?? [])],
    };
  }
}
