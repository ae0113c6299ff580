import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from './documents.ts';
import { partId } from './identifiers.ts';
import { PartDocument } from './schemas.ts';

/** How many parts are looked for at once, growing: most windows looked into are empty or have about 60. */
const fewestProbes = 1;
const mostProbes = 32;

/** Parts by node, window and number. */
@Injectable()
export class PartsRepository {
  private readonly parts: Documents<PartDocument>;

  constructor(@InjectModel(PartDocument.name) model: Model<PartDocument>) {
    this.parts = new Documents(model);
  }

  /** False when that number is taken. */
  insert(part: PartDocument): Promise<boolean> {
    return this.parts.insert(part);
  }

  find(nodeId: string, window: number, part: number): Promise<PartDocument | undefined> {
    return this.parts.find(partId(nodeId, window, part));
  }

  /** The parts of a window from a number on, in order: they are dense, so the first missing one is the end. */
  async *from(nodeId: string, window: number, first: number, without?: 'body'): AsyncGenerator<PartDocument> {
    for (let next = first, probes = fewestProbes; ; next += probes, probes = Math.min(4 * probes, mostProbes)) {
      const wanted = Array.from({ length: probes }, (_, offset) => partId(nodeId, window, next + offset));
      const found = await Promise.all(wanted.map((id) => this.parts.find(id, without)));
      for (const part of found) {
        if (part === undefined) return;
        yield part;
      }
    }
  }

  /** Removes a window, last part first: a crash in between leaves a window that still ends at its first gap. */
  async removeWindow(nodeId: string, window: number): Promise<void> {
    const ids: string[] = [];
    for await (const part of this.from(nodeId, window, 0, 'body')) ids.push(part._id);
    for (const id of ids.reverse()) await this.parts.remove(id);
  }
}
