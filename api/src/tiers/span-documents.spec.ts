import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FaultyCollections } from '../testing/crash/faulty-collections.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { Random } from '../testing/crash/random.ts';
import { TestClock } from '../testing/test-clock.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { type Revision, SpanDocuments } from './span-documents.ts';

const sections = [0, 1, 2];
const all = new Set(sections);
const nobody = async (): Promise<void> => Promise.resolve();

function revision(...bytes: number[]): Revision {
  return { ticks: bytes.length, sections: new Map([[0, [Uint8Array.from(bytes)]]]) };
}
/** What was there, and one byte more. */
function plus(byte: number): (before: Revision | undefined) => Revision {
  return (before) => revision(...(before?.sections.get(0)?.[0] ?? []), byte);
}
const bytesOf = (found: Revision | undefined): number[] => [...(found?.sections.get(0)?.[0] ?? [])];

describe('SpanDocuments', () => {
  const fresh = (): SpanDocuments => new SpanDocuments(new MemoryDatabase(new TestClock()), 'm5', sections);

  it('have nothing of a span that nobody wrote', async () => {
    expect(await fresh().read('n', 7, all)).toBeUndefined();
  });

  it('give the newest revision, which was made from the one before', async () => {
    const spans = fresh();
    for (const byte of [1, 2, 3]) await spans.add('n', 7, plus(byte), nobody);
    const found = await spans.read('n', 7, all);
    expect(found?.v).toBe(2);
    expect(bytesOf(found)).toEqual([1, 2, 3]);
    expect(await spans.read('n', 8, all)).toBeUndefined();
  });

  it('add nothing when there is nothing to add', async () => {
    const spans = fresh();
    await spans.add('n', 7, () => undefined, nobody);
    expect(await spans.read('n', 7, all)).toBeUndefined();
  });

  it('announce the number of a revision before it is there', async () => {
    const spans = fresh();
    const seen: unknown[] = [];
    const announce = async (v: number): Promise<void> => {
      seen.push([v, (await spans.read('n', 7, all))?.v]);
    };
    await spans.add('n', 7, plus(1), announce);
    await spans.add('n', 7, plus(2), announce);
    expect(seen).toEqual([
      [0, undefined],
      [1, 0],
    ]);
  });

  it('keep what each of many writers adds at once', async () => {
    const spans = fresh();
    await Promise.all([1, 2, 3, 4, 5].map((byte) => spans.add('n', 7, plus(byte), nobody)));
    expect(bytesOf(await spans.read('n', 7, all)).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('are gone when they are removed, and can be written again', async () => {
    const spans = fresh();
    for (const byte of [1, 2]) await spans.add('n', 7, plus(byte), nobody);
    await spans.remove('n', 7);
    expect(await spans.read('n', 7, all)).toBeUndefined();
    await spans.add('n', 7, plus(3), nobody);
    expect(bytesOf(await spans.read('n', 7, all))).toEqual([3]);
  });

  it('lose nothing and end well whenever writers die or calls are lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = new Random(seed);
        const database = new MemoryDatabase(new TestClock());
        const added: number[] = [];
        const writer = async (byte: number): Promise<void> => {
          const faulty = new FaultyCollections(database, random, () => ({ kill: 0.03, fail: 0.05, turns: 3 }));
          const work = new SpanDocuments(faulty, 'm5', sections).add('n', 7, plus(byte), nobody);
          try {
            if ((await Promise.race([work, faulty.died])) !== null) added.push(byte);
          } catch (error) {
            if (!(error instanceof StoreUnavailableError)) throw error;
          }
        };
        await Promise.all(Array.from({ length: 8 }, (_, byte) => writer(byte)));
        const calm = new SpanDocuments(database, 'm5', sections);
        await calm.add('n', 7, plus(100), nobody);
        const bytes = bytesOf(await calm.read('n', 7, all));
        expect(bytes.at(-1)).toBe(100);
        expect(new Set(bytes).size).toBe(bytes.length);
        for (const byte of added) expect(bytes).toContain(byte);
      }),
      { numRuns: 200 },
    );
  });
});
