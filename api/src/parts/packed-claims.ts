import { type Claim, hashBytes } from './claim.ts';

/** What an entry of a part says of all the blocks that were merged into it. */
interface Merged {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly claims: Uint8Array;
}

const runBytes = 4;
const mostBlocks = 0xffff;

/**
 * The claims of blocks that follow each other in one epoch, by runs of blocks with equally many ticks: ticks (u16),
 * number of blocks (u16), and of each block 6 bytes of its hash; numbers big-endian.
 */
export function packClaims(claims: readonly Claim[]): Buffer {
  const runs: Claim[][] = [];
  for (const claim of claims) {
    const run = runs.at(-1);
    if (run?.[0]?.ticks === claim.ticks && run.length < mostBlocks) run.push(claim);
    else runs.push([claim]);
  }
  return Buffer.concat(runs.map(packRun));
}

function packRun(run: readonly Claim[]): Buffer {
  const packed = Buffer.alloc(runBytes + run.length * hashBytes);
  packed.writeUInt16BE(run[0]?.ticks ?? 0, 0);
  packed.writeUInt16BE(run.length, 2);
  run.forEach(({ hash }, index) => packed.writeUIntBE(hash, runBytes + index * hashBytes, hashBytes));
  return packed;
}

/** The claims of an entry's blocks. */
export function unpackClaims({ epoch, firstSeq, claims }: Merged): Claim[] {
  const packed = Buffer.from(claims.buffer, claims.byteOffset, claims.byteLength);
  const found: Claim[] = [];
  let seq = firstSeq;
  let at = 0;
  while (at < packed.length) {
    const ticks = packed.readUInt16BE(at);
    const blocks = packed.readUInt16BE(at + 2);
    at += runBytes;
    for (let block = 0; block < blocks; block += 1, at += hashBytes, seq += ticks) {
      found.push({ epoch, firstSeq: seq, ticks, hash: packed.readUIntBE(at, hashBytes) });
    }
  }
  return found;
}
