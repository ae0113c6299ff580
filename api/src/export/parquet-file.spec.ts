import { describe, expect, it } from '@jest/globals';
import { setImmediate as breath } from 'node:timers/promises';
import { blockOf } from '../testing/blocks.ts';
import { begun } from './begun.ts';
import { type NodeRow, parquetFile } from './parquet-file.ts';
import { type SampleRow, sampleRows, SeenSamples } from './sample-row.ts';

const [example] = sampleRows(
  [blockOf({ seq: 1, tickTimes: [20_000] })],
  new Map(),
  { fromMs: 0, toMs: 30_000 },
  new SeenSamples(),
);

async function* rows(count: number, taken = { count: 0 }): AsyncGenerator<NodeRow> {
  if (example === undefined) throw new Error('the example has no row');
  for (let number = 0; number < count; number += 1) {
    taken.count += 1;
    if (number % 1000 === 0) await breath();
    yield [{ ...example, timeMs: number } satisfies SampleRow, `node-${number}`];
  }
}

describe('a Parquet file', () => {
  it('is made as it is read: no piece is made before the one before it is taken', async () => {
    const taken = { count: 0 };
    const pieces = parquetFile(rows(50_000, taken));
    const counts: number[] = [];
    for await (const piece of pieces) {
      counts.push(taken.count);
      expect(piece.byteLength).toBeLessThan(1_000_000);
    }
    expect(counts).toEqual([8192, 16_384, 24_576, 32_768, 40_960, 49_152, 50_000]);
  });

  it('begins and ends with PAR1, and has the same bytes each time', async () => {
    const [one, other] = [await whole(parquetFile(rows(10_000))), await whole(parquetFile(rows(10_000)))];
    expect([one.toString('latin1', 0, 4), one.toString('latin1', one.length - 4)]).toEqual(['PAR1', 'PAR1']);
    expect(one.equals(other)).toBe(true);
  });

  async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    return Buffer.concat(all);
  }
});

describe('what has begun', () => {
  async function* three(ended: { count: number }, failsAt = Infinity): AsyncGenerator<number> {
    try {
      for (let number = 0; number < 3; number += 1) {
        if (number === failsAt) throw new Error('away');
        yield Promise.resolve(number);
      }
    } finally {
      ended.count += 1;
    }
  }

  it.each([
    ['all are taken', Infinity, 3],
    ['the taker leaves at once', Infinity, 0],
    ['the taker leaves in the middle', Infinity, 1],
    ['one fails', 2, 3],
  ])('says once that it is done when %s', async (_sentence, failsAt, take) => {
    const [ended, done] = [{ count: 0 }, { count: 0 }];
    const iterator = (await begun(three(ended, failsAt), () => (done.count += 1)))[Symbol.asyncIterator]();
    const taken: unknown[] = [];
    for (let number = 0; number <= take; number += 1) {
      if (number === take && take < 3) await iterator.return?.();
      else taken.push(await iterator.next().then(valueOf, () => 'failed'));
    }
    expect([ended.count, done.count]).toEqual([1, 1]);
    expect(taken).toEqual([0, 1, failsAt === 2 ? 'failed' : 2, undefined].slice(0, take === 3 ? 4 : take));
  });

  function valueOf({ value }: IteratorResult<number, undefined>): number | undefined {
    return value;
  }

  it('rejects where the first one fails, and is done', async () => {
    const [ended, done] = [{ count: 0 }, { count: 0 }];
    await expect(begun(three(ended, 0), () => (done.count += 1))).rejects.toThrow('away');
    expect([ended.count, done.count]).toEqual([1, 1]);
  });
});
