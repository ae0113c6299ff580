import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Clock } from '../clock.ts';
import { Documents } from '../store/documents.ts';
import { type DirtyPart, DirtyWindows } from './dirty-windows.ts';
import { DirtyDocument } from './schemas.ts';

/** Marks as documents that are inserted once and removed. */
@Injectable()
export class DirtyWindowsRepository extends DirtyWindows {
  private readonly documents: Documents<DirtyDocument>;

  constructor(
    @InjectModel(DirtyDocument.name) model: Model<DirtyDocument>,
    private readonly clock: Clock,
  ) {
    super();
    this.documents = new Documents(model);
  }

  override async mark(nodeId: string, window: number, part: number): Promise<void> {
    const markedMs = this.clock.nowMs();
    await this.documents.insert({ _id: idOf({ nodeId, window, part }), n: nodeId, window, part, markedMs });
  }

  override async list(): Promise<readonly DirtyPart[]> {
    const found = await this.documents.all();
    return found.map(({ n, window, part, markedMs }) => ({ nodeId: n, window, part, markedMs }));
  }

  override async remove(parts: readonly DirtyPart[]): Promise<void> {
    for (const part of parts) await this.documents.remove(idOf(part));
  }
}

function idOf({ nodeId, window, part }: Pick<DirtyPart, 'nodeId' | 'window' | 'part'>): string {
  return `${nodeId}/${window}/${part}`;
}
