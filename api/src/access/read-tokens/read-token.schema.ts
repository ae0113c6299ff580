import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A token's public id → what it may read. Whoever reads the database cannot speak with it. */
@Schema({ versionKey: false, autoCreate: false, autoIndex: false, bufferCommands: false, collection: 'readTokens' })
export class ReadTokenDocument {
  @Prop({ type: String })
  _id!: string;
  /** SHA-256 of the secret. */
  @Prop({ type: String })
  hash!: string;
  @Prop({ type: String })
  name!: string;
  /** Null: all that its maker may see. */
  @Prop({ type: [String] })
  namespaces!: string[] | null;
  @Prop({ type: String })
  createdBy!: string;
  @Prop({ type: Number })
  createdAtMs!: number;
  @Prop({ type: Number })
  expiresAtMs!: number;
}

export const readTokenModel: ModelDefinition = {
  name: ReadTokenDocument.name,
  schema: SchemaFactory.createForClass(ReadTokenDocument),
};
