import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { claimOf } from './claim.ts';
import { HeldBlock } from '../recent/held-block.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { pushed } from '../testing/blocks.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { TestClock } from '../testing/test-clock.ts';
import { WindowMarks } from '../tiers/marks.ts';
import { dayOf, Days } from './days.ts';
import type { PartDocument } from './part.ts';
import { PartAdder } from './part-adder.ts';
import { RawWindows } from './raw-windows.ts';

const node = 'n'.repeat(16);
const window = 3_000_000;
const day = dayOf(window);
const windowMs = 600_000;

describe('the parts of a day', () => {
  const clock = new TestClock();
  let database: MemoryDatabase;
  let windows: RawWindows;
  let adder: PartAdder;

  beforeEach(() => {
    database = new MemoryDatabase(clock);
    [windows, adder] = replica();
  });

  function replica(): [RawWindows, PartAdder] {
    const own = new RawWindows(database);
    return [own, new PartAdder(own, new Days(database), new WindowMarks(database, clock))];
  }

  /** A window's ticks, each ten seconds, as they were pushed; the container is that of `run`. */
  function ticks(of: number, count: number, runtimeId = 'run-1'): HeldBlock[] {
    return Array.from({ length: count }, (_, i) => {
      const tickTimes = [of * windowMs + i * 10_000];
      const { block, bytes } = pushed({ seq: of * 60 + i, tickTimes, cpuMicros: i, runtimeId });
      return HeldBlock.ofBlock(block, claimOf(block, bytes), 0, bytes);
    });
  }

  const documents = (): Promise<readonly PartDocument[]> => database.of<PartDocument>('raw').all();
  const rosters = async (): Promise<string[]> =>
    (await database.of('part_rosters').all()).map(({ _id }) => _id.slice(node.length + 1));
  const values = (blocks: readonly Block[]): number[] =>
    blocks.flatMap(({ groups }) => [...(groups[0]?.columns[0]?.values ?? [])]);

  it('name one roster, and are read back by a replica that has never seen it', async () => {
    await adder.add(node, window, ticks(window, 60));
    await adder.add(node, window + 1, ticks(window + 1, 60));
    expect(await rosters()).toEqual([`${day}/0`]);
    const [first, second] = await documents();
    expect([first?.roster, second?.roster]).toEqual([0, 0]);
    const [other] = replica();
    const { blocks } = await other.read(node, window + 1);
    expect(values(blocks)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(blocks[0]?.entities.map(({ key, runtimeId }) => [key, runtimeId])).toEqual([
      ['node', ''],
      ['pod-1', ''],
      ['pod-1/web', 'run-1'],
    ]);
  });

  it('name another when a quarter of its entities are others, and both are found', async () => {
    await adder.add(node, window, ticks(window, 60));
    await adder.add(node, window + 1, ticks(window + 1, 60, 'run-2'));
    await adder.add(node, window + 2, ticks(window + 2, 60, 'run-2'));
    expect(await rosters()).toEqual([`${day}/0`, `${day}/1`]);
    expect((await documents()).map(({ roster }) => roster)).toEqual([0, 1, 1]);
    for (const one of [window, window + 1, window + 2]) {
      expect(values((await windows.read(node, one)).blocks)).toHaveLength(60);
    }
  });

  it('name none when they are small and there is none that fits', async () => {
    await adder.add(node, window, ticks(window, 19));
    expect(await rosters()).toEqual([]);
    expect((await documents()).map((document) => 'roster' in document)).toEqual([false]);
    expect(values((await windows.read(node, window)).blocks)).toHaveLength(19);
    await adder.add(node, window + 1, ticks(window + 1, 20));
    await adder.add(node, window + 2, ticks(window + 2, 1));
    expect((await documents()).map(({ roster }) => roster)).toEqual([undefined, 0, 0]);
  });

  it('name the same when two replicas seal at once', async () => {
    const [, other] = replica();
    await Promise.all([
      adder.add(node, window, ticks(window, 60)),
      other.add(node, window + 1, ticks(window + 1, 60)),
      other.add(node, window, ticks(window, 60)),
    ]);
    expect(await rosters()).toEqual([`${day}/0`]);
    expect(values((await windows.read(node, window)).blocks)).toHaveLength(60);
  });

  it('are followed by others that name a new one when all were removed', async () => {
    await adder.add(node, window, ticks(window, 60));
    const [other] = replica();
    await other.remove(node, window);
    await other.rosters.remove(node, day);
    expect(await rosters()).toEqual([]);
    await adder.add(node, window + 1, ticks(window + 1, 60));
    expect(await rosters()).toEqual([`${day}/0`]);
    expect(values((await other.read(node, window + 1)).blocks)).toHaveLength(60);
  });

  it('are there, and can be removed, when the day was removed while one was made', async () => {
    await adder.add(node, window, ticks(window, 60));
    const days = new Days(database);
    class RemovedMeanwhile extends RawWindows {
      override async insert(part: PartDocument): Promise<boolean> {
        await windows.remove(node, window);
        await windows.rosters.remove(node, day);
        await days.close(node, day);
        return super.insert(part);
      }
    }
    const slow = new PartAdder(new RemovedMeanwhile(database), new Days(database), new WindowMarks(database, clock));
    await slow.add(node, window + 1, ticks(window + 1, 60));
    const [reader, other] = replica();
    expect(values((await reader.read(node, window + 1)).blocks)).toHaveLength(60);
    expect(await days.all()).toEqual([{ nodeId: node, day }]);
    await other.add(node, window + 2, ticks(window + 2, 60));
    expect((await documents()).map(({ roster }) => roster)).toEqual([0, 0]);
  });

  it('are not read as if they were empty while they are being removed', async () => {
    await adder.add(node, window, ticks(window, 60));
    await windows.rosters.remove(node, day);
    await expect(windows.read(node, window)).rejects.toThrow(StoreUnavailableError);
  });
});
