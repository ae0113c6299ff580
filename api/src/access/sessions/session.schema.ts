import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** SHA-256 of the token → who is logged in: whoever reads the database cannot speak as them. */
@Schema({ versionKey: false, autoCreate: false, autoIndex: false, bufferCommands: false, collection: 'sessions' })
export class SessionDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: String })
  username!: string;
  @Prop({ type: Number })
  createdMs!: number;
  @Prop({ type: Number })
  lastUsedMs!: number;
}

export const sessionModel: ModelDefinition = {
  name: SessionDocument.name,
  schema: SchemaFactory.createForClass(SessionDocument),
};
