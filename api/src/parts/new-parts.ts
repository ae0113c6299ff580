import type { Block } from '@docksnap/contract';
import { encodeBlock, mergeBlocks } from '@docksnap/contract/codec';
import { sealedZstd } from '../codec/zstd.ts';
import type { Claim } from './claim.ts';
import { packClaims } from './packed-claims.ts';
import type { PartDocument, PartEntry } from './part.ts';

/** A block that is to be stored. */
export interface Storable extends Claim {
  /** By its true time. */
  readonly firstTickMs: number;
  /** About what it takes when stored. */
  readonly byteLength: number;
  /** Decoded, with true times. */
  block(): Block;
}

/** Bytes of pushed blocks that go into one part, which takes less once they are merged. A larger block goes by itself. */
const partBytes = 256 * 1024;

/** Of blocks of one window those that make its next part. */
export function portionOf<S extends Storable>(blocks: readonly S[]): readonly S[] {
  const ascending = [...blocks].sort((one, other) => one.firstTickMs - other.firstTickMs);
  let size = 0;
  const end = ascending.findIndex(({ byteLength }, index) => (size += byteLength) > partBytes && index > 0);
  return end === -1 ? ascending : ascending.slice(0, end);
}

/** The part that holds these blocks, merged. */
export function partOf(_id: string, blocks: readonly Storable[]): PartDocument {
  const merged = mergeBlocks(blocks.map((block) => block.block()));
  const bodies = merged.map((block) => encodeBlock(block, sealedZstd));
  return {
    _id,
    entries: merged.map((block, i) => entryOf(block, blocks, bodies[i]?.byteLength ?? 0)),
    body: Buffer.concat(bodies),
  };
}

function entryOf(block: Block, pushed: readonly Claim[], byteLength: number): PartEntry {
  const { epoch, firstSeq, tickTimes } = block;
  const claims = pushed
    .filter(
      (claim) => claim.epoch === epoch && claim.firstSeq >= firstSeq && claim.firstSeq < firstSeq + tickTimes.length,
    )
    .sort((one, other) => one.firstSeq - other.firstSeq);
  return {
    epoch,
    firstSeq,
    ticks: tickTimes.length,
    firstTickMs: tickTimes[0] ?? 0,
    lastTickMs: tickTimes.at(-1) ?? 0,
    byteLength,
    claims: packClaims(claims),
  };
}
