import { describe, expect, it, jest } from '@jest/globals';
import { encodeBlock } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import { claimOf } from '../parts/claim.ts';
import { blockOf } from '../testing/blocks.ts';
import { DecodedChunks } from './decoded-chunks.ts';
import { HeldBlock } from './held-block.ts';

const cpu = new Set([1]);
const startMs = 1_700_000_000_000;

function held(seq: number): HeldBlock {
  const block = blockOf({ seq, tickTimes: [startMs + seq * 10_000], cpuMicros: seq });
  const bytes = encodeBlock(block, zstd);
  return HeldBlock.ofBlock(block, claimOf(block, bytes), 0, bytes);
}

const seqs = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('DecodedChunks', () => {
  it('gives every tick once, in order, and of the wanted metrics alone', () => {
    const blocks = new DecodedChunks().read(1, seqs(1, 25).map(held), cpu);
    expect(blocks.flatMap(({ tickTimes }) => tickTimes)).toEqual(seqs(1, 25).map((seq) => startMs + seq * 10_000));
    const columns = blocks.flatMap(({ groups }) => groups.flatMap((group) => group.columns));
    expect(new Set(columns.map(({ metric }) => metric))).toEqual(cpu);
    expect(columns[0]?.values[0]).toBe(1);
    expect(blocks.length).toBeLessThanOrEqual(4);
  });

  it('decodes a block once, until its chunk has another', () => {
    const chunks = new DecodedChunks();
    const some = seqs(1, 25).map(held);
    const decode = some.map((block) => jest.spyOn(block, 'block'));
    chunks.read(1, some, cpu);
    chunks.read(1, some, cpu);
    expect(decode.map(({ mock }) => mock.calls.length)).toEqual(some.map(() => 1));
    const blocks = chunks.read(1, [...some, held(26)], cpu);
    expect(blocks.at(-1)?.tickTimes.at(-1)).toBe(startMs + 260_000);
    expect(decode[0]).toHaveBeenCalledTimes(1);
    expect(decode[24]).toHaveBeenCalledTimes(2);
  });

  it('keeps nodes and metrics apart', () => {
    const chunks = new DecodedChunks();
    const [one, other] = [held(1), held(2)];
    expect(chunks.read(1, [one], cpu)[0]?.firstSeq).toBe(1);
    expect(chunks.read(2, [other], cpu)[0]?.firstSeq).toBe(2);
    const both = chunks.read(1, [one], new Set([1, 2]));
    expect(both[0]?.groups.flatMap(({ columns }) => columns.map(({ metric }) => metric))).toContain(2);
  });

  it('lets go of what was used least lately when it takes too much', () => {
    const [one, other] = [held(1), held(2)];
    const size = new DecodedChunks();
    size.read(1, [one], cpu);
    const chunks = new DecodedChunks(size.byteLength);
    const decode = jest.spyOn(one, 'block');
    chunks.read(1, [one], cpu);
    chunks.read(1, [one], cpu);
    expect(decode).toHaveBeenCalledTimes(1);
    chunks.read(2, [other], cpu);
    expect(chunks.byteLength).toBeLessThanOrEqual(size.byteLength);
    chunks.read(1, [one], cpu);
    expect(decode).toHaveBeenCalledTimes(2);
  });
});
