import type { LedgerEntry } from '@docksnap/contract';
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

/** Where one pushed block lies in a part's body, and which ticks it holds. */
export interface PartEntry {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly ticks: number;
  readonly firstTickMs: number;
  readonly lastTickMs: number;
  /** First 32 hex digits of the SHA-256 of the block's bytes. */
  readonly hash: string;
  readonly byteLength: number;
}

/** `n/window/part` → blocks of one window, byte for byte as pushed, one behind the other. Inserted once. */
@Schema({ ...plain, collection: 'parts' })
export class PartDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: [Object] })
  entries!: PartEntry[];
  /** Added to all times of these blocks at reading: what the agent's clock was wrong by. */
  @Prop({ type: Number })
  shiftMs!: number;
  /** When it was received, by the server's clock, and always later than the node's part before. */
  @Prop({ type: Number })
  receivedMs!: number;
  @Prop({ type: Buffer })
  body!: Buffer;
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

/** Windows whose ticks were stored under times that are wrong by about shiftMs. */
export interface ShiftedSpan {
  readonly shiftMs: number;
  readonly firstWindow: number;
  readonly lastWindow: number;
}

/** `n` → what finding and removing a node's parts needs. Replaced whole, by one writer. */
@Schema({ ...plain, collection: 'state' })
export class StateDocument {
  @Prop({ type: String })
  _id!: string;
  /** The oldest window that may hold parts. */
  @Prop({ type: Number })
  oldestWindow!: number;
  @Prop({ type: [Object] })
  shifted!: ShiftedSpan[];
}

/** `n` → what became of a node's ticks, as far as parts received until receivedMs go. Replaced whole, by one writer. */
@Schema({ ...plain, collection: 'totals' })
export class TotalsDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: Number })
  stored!: number;
  @Prop({ type: Number })
  duplicate!: number;
  @Prop({ type: Number })
  receivedMs!: number;
}

/** `n` → what the node's agents last said of each epoch. Replaced whole, by one writer. */
@Schema({ ...plain, collection: 'reported' })
export class ReportedDocument {
  @Prop({ type: String })
  _id!: string;
  @Prop({ type: [Object] })
  epochs!: LedgerEntry[];
}

export const models: ModelDefinition[] = [
  TotalsDocument,
  ReportedDocument,
  NodeDocument,
  PartDocument,
  DescriptionDocument,
  EntityDocument,
  StateDocument,
].map((model: new () => object) => ({ name: model.name, schema: SchemaFactory.createForClass(model) }));
