import type { Block } from '@docksnap/contract';
import type { Part, PartEntry } from './part.ts';
import { blocksOfPart } from './raw-windows.ts';

/** What kept parts take at most, in bytes: as they are stored, and decoded. */
const mostBytes = 64 * 1024 * 1024;
/** About what an entity, a group or a column takes besides its values, in bytes. */
const rowBytes = 150;

interface Kept {
  readonly part: Part;
  /** By the ids of the metrics that were asked for. */
  readonly decoded: Map<string, readonly Block[]>;
  byteLength: number;
}

/**
 * Parts that were read lately, as they are stored and with the columns that were asked for decoded. Whoever reads one
 * makes sure that the database still has the same (RawWindows.from): others add parts, and remove them.
 */
export class KeptParts {
  /** By `_id`, the one that was used last at the end. */
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  constructor(private readonly most = mostBytes) {}

  get byteLength(): number {
    return this.bytes;
  }

  /** The part as it was read last. */
  get(id: string): Part | undefined {
    return this.kept.get(id)?.part;
  }

  /** The blocks of a part that was just read, that have ticks in [fromMs, toMs], of the metrics in `only`. */
  blocks(part: Part, only: ReadonlySet<number>, fromMs: number, toMs: number): readonly Block[] {
    const kept = this.taken(part);
    const metrics = [...only].sort((one, other) => one - other).join();
    let blocks = kept.decoded.get(metrics);
    if (blocks === undefined) {
      blocks = [...blocksOfPart(part, only)];
      kept.decoded.set(metrics, blocks);
      kept.byteLength += blocks.reduce((sum, block) => sum + bytesOf(block), 0);
    }
    this.keep(kept);
    return blocks.filter((_, index) => isWithin(part.entries[index], fromMs, toMs));
  }

  /** Takes the part out, and what is known of it if it is still the same. */
  private taken(part: Part): Kept {
    const kept = this.kept.get(part._id);
    if (kept !== undefined) {
      this.kept.delete(part._id);
      this.bytes -= kept.byteLength;
    }
    return kept?.part === part ? kept : { part, decoded: new Map(), byteLength: part.body.byteLength };
  }

  private keep(kept: Kept): void {
    this.kept.set(kept.part._id, kept);
    this.bytes += kept.byteLength;
    for (const [oldest, { byteLength }] of this.kept) {
      if (this.bytes <= this.most) return;
      this.kept.delete(oldest);
      this.bytes -= byteLength;
    }
  }
}

function isWithin(entry: PartEntry | undefined, fromMs: number, toMs: number): boolean {
  return entry !== undefined && entry.lastTickMs >= fromMs && entry.firstTickMs <= toMs;
}

/** Entities are counted too, though parts of one roster share them. */
function bytesOf({ tickTimes, entities, groups }: Block): number {
  const arrays = groups.reduce((sum, { columns }) => sum + 1 + columns.length, 0);
  return (entities.length + arrays) * rowBytes + arrays * 8 * tickTimes.length;
}
