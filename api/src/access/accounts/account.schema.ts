import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** Username → the hash of its password. Written by a start that finds another password in the admin's Secret. */
@Schema({ versionKey: false, autoCreate: false, autoIndex: false, bufferCommands: false, collection: 'accounts' })
export class AccountDocument {
  @Prop({ type: String })
  _id!: string;
  /** A PHC string. */
  @Prop({ type: String })
  hash!: string;
}

export const accountModel: ModelDefinition = {
  name: AccountDocument.name,
  schema: SchemaFactory.createForClass(AccountDocument),
};
