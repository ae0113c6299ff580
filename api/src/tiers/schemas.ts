import { type ModelDefinition, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { plain } from '../store/schemas.ts';

/** `n/window/part` → a raw part that is to be rolled up. Inserted once, removed when it was. */
@Schema({ ...plain, collection: 'dirty' })
export class DirtyDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: String })
  n!: string;
  @Prop({ type: Number })
  window!: number;
  @Prop({ type: Number })
  part!: number;
  /** When it was marked, by the clock of the server that did. */
  @Prop({ type: Number })
  markedMs!: number;
}

export const models: ModelDefinition[] = [DirtyDocument].map((model: new () => object) => ({
  name: model.name,
  schema: SchemaFactory.createForClass(model),
}));
