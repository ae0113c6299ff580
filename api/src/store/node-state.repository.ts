import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from './documents.ts';
import { type ShiftedSpan, StateDocument } from './schemas.ts';
import { withShift } from './shifted-spans.ts';

/** What is kept per node besides its parts. This process is its only writer, so what it read once stays true. */
@Injectable()
export class NodeStateRepository {
  private readonly states: Documents<StateDocument>;
  private readonly cached = new Map<string, StateDocument>();

  constructor(@InjectModel(StateDocument.name) model: Model<StateDocument>) {
    this.states = new Documents(model);
  }

  /** Undefined before the node's first part. */
  async get(nodeId: string): Promise<StateDocument | undefined> {
    const cached = this.cached.get(nodeId);
    if (cached !== undefined) return cached;
    const read = await this.states.find(nodeId);
    if (read !== undefined) this.cached.set(nodeId, read);
    return read;
  }

  async shifts(nodeId: string): Promise<readonly ShiftedSpan[]> {
    return (await this.get(nodeId))?.shifted ?? [];
  }

  /** Makes sure that these windows are found by readers and by retention. Call it before parts are inserted there. */
  async open(nodeId: string, windows: readonly number[], shiftMs: number): Promise<void> {
    const oldest = Math.min(...windows);
    const before = await this.get(nodeId);
    const shifts = windows.reduce<readonly ShiftedSpan[]>(
      (spans, window) => withShift(spans, shiftMs, window),
      before?.shifted ?? [],
    );
    if (before !== undefined && before.oldestWindow <= oldest && before.shifted === shifts) return;
    const oldestWindow = Math.min(oldest, before?.oldestWindow ?? oldest);
    await this.write({ _id: nodeId, oldestWindow, shifted: [...shifts] });
  }

  /** Says that no part is left before this window. */
  async advance(nodeId: string, oldestWindow: number): Promise<void> {
    const before = await this.get(nodeId);
    const shifts = (before?.shifted ?? []).filter((span) => span.lastWindow >= oldestWindow);
    await this.write({ _id: nodeId, oldestWindow, shifted: shifts });
  }

  private async write(state: StateDocument): Promise<void> {
    await this.states.replace([state]);
    this.cached.set(state._id, state);
  }
}
