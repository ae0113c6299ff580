import type { Block } from '@docksnap/contract';
import { mergeBlocks } from '@docksnap/contract/codec';
import type { HeldBlock } from './held-block.ts';

/** How much time is decoded as one, in ms: ten ticks, as agents scrape. */
const chunkMs = 100_000;
/** What decoded chunks take at most, in bytes, over all nodes. */
const mostBytes = 64 * 1024 * 1024;
/** About what an array of values takes besides them, and what holds it. */
const arrayBytes = 150;

interface Chunk {
  /** What it was made of. */
  readonly held: readonly HeldBlock[];
  readonly blocks: readonly Block[];
  readonly byteLength: number;
}

/** The number of the chunk that a block lies in, by its first tick. */
export function chunkOf({ firstTickMs }: Pick<HeldBlock, 'firstTickMs'>): number {
  return Math.floor(firstTickMs / chunkMs);
}

/** Recent ticks as they are asked for again and again: decoded, of the metrics that are asked for, many in a block. */
export class DecodedChunks {
  /** By node, metrics and time; the one that was used last at the end. */
  private readonly chunks = new Map<string, Chunk>();
  private nodes = 0;
  private bytes = 0;

  constructor(private readonly most = mostBytes) {}

  get byteLength(): number {
    return this.bytes;
  }

  /** A number that tells a node's chunks from those of others. */
  nextNode(): number {
    this.nodes += 1;
    return this.nodes;
  }

  /** Blocks with all ticks that these have, ascending, and perhaps more of the chunks that they lie in. */
  read(node: number, held: readonly HeldBlock[], only: ReadonlySet<number>): Block[] {
    const metrics = [...only].sort((one, other) => one - other).join();
    const byChunk = Map.groupBy(held, chunkOf);
    return [...byChunk].flatMap(([number, some]) => this.chunk(`${node}/${metrics}/${number}`, some, only));
  }

  private chunk(key: string, held: readonly HeldBlock[], only: ReadonlySet<number>): readonly Block[] {
    const kept = this.chunks.get(key);
    if (kept !== undefined) this.drop(key, kept);
    const chunk = kept !== undefined && isOf(kept, held) ? kept : decoded(held, only);
    this.chunks.set(key, chunk);
    this.bytes += chunk.byteLength;
    for (const [oldest, other] of this.chunks) {
      if (this.bytes <= this.most) break;
      this.drop(oldest, other);
    }
    return chunk.blocks;
  }

  private drop(key: string, { byteLength }: Chunk): void {
    this.chunks.delete(key);
    this.bytes -= byteLength;
  }
}

/** Whether a chunk has these blocks, all of them and no more. */
function isOf(chunk: Chunk, held: readonly HeldBlock[]): boolean {
  return chunk.held.length === held.length && held.every((block, index) => chunk.held[index] === block);
}

function decoded(held: readonly HeldBlock[], only: ReadonlySet<number>): Chunk {
  const blocks = mergeBlocks(held.map((block) => block.block(only)));
  return { held, blocks, byteLength: blocks.reduce((sum, block) => sum + bytesOf(block), 0) };
}

function bytesOf({ tickTimes, groups }: Block): number {
  const arrays = groups.reduce((sum, { columns }) => sum + 1 + columns.length, 0);
  return arrays * (arrayBytes + 8 * tickTimes.length);
}
