import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** `subject/window/slot` → a login that was tried. Inserted once: a counter that is added to would lose some. */
@Schema({ versionKey: false, autoCreate: false, autoIndex: false, bufferCommands: false, collection: 'attempts' })
export class AttemptDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: Number })
  atMs!: number;
}

export const attemptModel: ModelDefinition = {
  name: AttemptDocument.name,
  schema: SchemaFactory.createForClass(AttemptDocument),
};
