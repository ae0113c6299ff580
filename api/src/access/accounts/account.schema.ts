import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/**
 * Username → the hash of its password. Written by a start that finds another password in the admin's Secret than the one
 * it had, and by whoever changes theirs.
 */
@Schema({ versionKey: false, autoCreate: false, autoIndex: false, bufferCommands: false, collection: 'accounts' })
export class AccountDocument {
  @Prop({ type: String })
  _id!: string;
  /** A PHC string. */
  @Prop({ type: String })
  hash!: string;
  /** The same of what the Secret held when another password was chosen; without it, `hash` is of that. */
  @Prop({ type: String })
  kept?: string;
}

export const accountModel: ModelDefinition = {
  name: AccountDocument.name,
  schema: SchemaFactory.createForClass(AccountDocument),
};
