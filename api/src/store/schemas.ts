import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/**
 * Every document has a string `_id` that can be computed, and is found by it alone: FerretDB answers only that from an
 * index, and MongoDB answers it fastest. Collections come to be with their first document.
 */
export const plain = { versionKey: false, autoCreate: false, autoIndex: false, bufferCommands: false } as const;

/** `cluster/name/uid` → the random key that all other documents of the node start with. Inserted once. */
@Schema({ ...plain, collection: 'nodes' })
export class NodeDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: String })
  n!: string;
  @Prop({ type: String })
  cluster!: string;
  @Prop({ type: String })
  name!: string;
  @Prop({ type: String })
  uid!: string;
}

/** `n/hash` → a description as canonical JSON: label names hold dots, which are no field names. Inserted once. */
@Schema({ ...plain, collection: 'descriptions' })
export class DescriptionDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: String })
  json!: string;
}

/** `n/key` → what is known of an entity. Replaced whole, by one writer. */
@Schema({ ...plain, collection: 'entities' })
export class EntityDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: String })
  kind!: 'node' | 'pod' | 'container';
  @Prop({ type: String })
  description?: string;
  @Prop({ type: Number })
  lastSeenMs!: number;
  @Prop({ type: [Object] })
  incarnations!: { runtimeId: string; startedAtMs: number; lastSeenMs: number }[];
}

export const models: ModelDefinition[] = [NodeDocument, DescriptionDocument, EntityDocument].map(
  (model: new () => object) => ({ name: model.name, schema: SchemaFactory.createForClass(model) }),
);
