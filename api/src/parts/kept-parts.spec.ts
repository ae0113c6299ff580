import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { HeldBlock } from '../recent/held-block.ts';
import { Recent } from '../recent/recent.ts';
import { StoredBlocks } from '../store/stored-blocks.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { pushed } from '../testing/blocks.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { TestClock } from '../testing/test-clock.ts';
import { WindowMarks } from '../tiers/marks.ts';
import { claimOf } from './claim.ts';
import { Days } from './days.ts';
import { KeptParts } from './kept-parts.ts';
import type { Part, PartDocument } from './part.ts';
import { PartAdder } from './part-adder.ts';
import { RawWindows } from './raw-windows.ts';

const node = 'n'.repeat(16);
const cpu = new Set([1]);

describe('kept parts', () => {
  const clock = new TestClock();
  const window = windowOf(clock.nowMs()) - 6;
  const fromMs = window * windowMs;
  let database: MemoryDatabase;
  let windows: RawWindows;
  let reader: StoredBlocks;
  let other: PartAdder;

  beforeEach(() => {
    database = new MemoryDatabase(clock);
    windows = new RawWindows(database);
    reader = new StoredBlocks(new Recent(), windows, new Days(database), clock);
    other = new PartAdder(new RawWindows(database), new Days(database), new WindowMarks(database, clock));
  });

  /** One tick of the window, as another replica takes it. */
  function tick(number: number, cpuMicros: number): HeldBlock {
    const { block, bytes } = pushed({ seq: number + 1, tickTimes: [fromMs + number * 10_000], cpuMicros });
    return HeldBlock.ofBlock(block, claimOf(block, bytes), 0, bytes);
  }

  const values = (blocks: readonly Block[]): number[] =>
    blocks.flatMap(({ groups }) => groups.flatMap(({ columns }) => [...(columns[0]?.values ?? [])]));
  const read = async (only = cpu): Promise<readonly Block[]> => reader.read(node, fromMs, fromMs + windowMs - 1, only);

  it('are read and decoded once for the same metrics', async () => {
    await other.add(node, window, [tick(0, 100), tick(1, 200)]);
    const [first] = await read();
    const find = jest.spyOn(database.of<PartDocument>('raw'), 'find');
    const [again] = await read();
    expect(again).toBe(first);
    expect(find.mock.calls.filter(([id]) => id === `${node}/${window}/0`)).toEqual([[`${node}/${window}/0`, 'body']]);
    const more = await read(new Set([1, 2]));
    expect(more[0]?.groups.flatMap(({ columns }) => columns.map(({ metric }) => metric))).toContain(2);
  });

  it('give no blocks beside the range', async () => {
    await other.add(node, window, [tick(0, 100)]);
    await read();
    expect(await reader.read(node, fromMs + 1, fromMs + windowMs - 1, cpu)).toEqual([]);
  });

  it('are not all when another replica has added one', async () => {
    await other.add(node, window, [tick(1, 200)]);
    expect(values(await read())).toEqual(values([tick(1, 200).block(cpu)]));
    await other.add(node, window, [tick(0, 100)]);
    expect(values(await read())).toEqual(values([tick(0, 100).block(cpu), tick(1, 200).block(cpu)]));
  });

  it('are gone when another replica has removed them, and are others when others came instead', async () => {
    await other.add(node, window, [tick(0, 100)]);
    await read();
    await new RawWindows(database).remove(node, window);
    expect(await read()).toEqual([]);
    await other.add(node, window, [tick(0, 300)]);
    expect(values(await read())).toEqual(values([tick(0, 300).block(cpu)]));
  });

  it('stay within their limit: at it both stay, above it the one that was used least lately goes', async () => {
    await other.add(node, window, [tick(0, 100)]);
    await other.add(node, window, [tick(1, 200)]);
    const parts: Part[] = [];
    for await (const part of windows.from(node, window, 0)) parts.push(part);
    const size = (kept: KeptParts): number => {
      for (const part of parts) kept.blocks(part, cpu, -Infinity, Infinity);
      return kept.byteLength;
    };
    const most = size(new KeptParts());
    const atLimit = new KeptParts(most);
    expect(size(atLimit)).toBe(most);
    expect(parts.map(({ _id }) => atLimit.get(_id))).toEqual(parts);
    const below = new KeptParts(most - 1);
    expect(size(below)).toBeLessThan(most);
    expect(parts.map(({ _id }) => below.get(_id))).toEqual([undefined, parts[1]]);
  });
});
