import type { Block } from '@docksnap/contract';
import type { NamedRoster } from '@docksnap/contract/codec';
import { BlockError, encodeBlock } from '@docksnap/contract/codec';
import { sealedZstd } from '../codec/zstd.ts';
import type { Claim } from './claim.ts';
import { packClaims } from './packed-claims.ts';
import type { PartDocument, PartEntry } from './part.ts';
import type { DayRoster } from './part-rosters.ts';
import { differsLittle } from './roster-of.ts';

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

/** The part that holds these blocks, which `merged` has as few. They name the base where that is shorter. */
export function partOf(
  _id: string,
  blocks: readonly Claim[],
  merged: readonly Block[],
  base: DayRoster | undefined,
): PartDocument {
  const bodies = merged.map((block) => encoded(block, base));
  return {
    _id,
    entries: merged.map((block, i) => entryOf(block, blocks, bodies[i]?.byteLength ?? 0)),
    body: Buffer.concat(bodies),
    ...(base === undefined ? {} : { roster: base.number }),
  };
}

function encoded(block: Block, base: NamedRoster | undefined): Uint8Array {
  if (base === undefined || !differsLittle(block, base.roster)) return encodeBlock(block, sealedZstd);
  try {
    return encodeBlock(block, sealedZstd, base);
  } catch (error) {
    // One that is as large as a block may be has no room for what the base has besides.
    if (!(error instanceof BlockError)) throw error;
    return encodeBlock(block, sealedZstd);
  }
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
