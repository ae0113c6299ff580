import { describe, expect, it } from '@jest/globals';
import { claimOf } from '../parts/claim.ts';
import { Days } from '../parts/days.ts';
import { PartAdder } from '../parts/part-adder.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { HeldBlock } from '../recent/held-block.ts';
import { Recent } from '../recent/recent.ts';
import { Peers } from '../replicas/peers.ts';
import { Replica } from '../replicas/replica.ts';
import { pushed } from '../testing/blocks.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { TestClock } from '../testing/test-clock.ts';
import { WindowMarks } from '../tiers/marks.ts';
import { Sealer } from './sealer.ts';

const [bad, good] = ['b'.repeat(16), 'g'.repeat(16)];

describe('putting closed windows into parts', () => {
  it('goes on with other windows and nodes when one cannot be put there', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const windows = new RawWindows(database);
    const adder = new PartAdder(windows, new Days(database), new WindowMarks(database, clock));
    const recent = new Recent();
    const sealer = new Sealer(recent, adder, new Peers(database, new Replica(database)), clock);

    const damaged = pushed({ seq: 1, tickTimes: [1000] });
    const cut = damaged.bytes.subarray(0, -1);
    recent.node(bad).ticks.add(HeldBlock.ofBlock(damaged.block, claimOf(damaged.block, cut), 0, cut));
    for (const [node, seq, tickMs] of [
      [bad, 2, 601_000],
      [good, 1, 1000],
    ] as const) {
      const { block, bytes } = pushed({ seq, tickTimes: [tickMs] });
      recent.node(node).ticks.add(HeldBlock.ofBlock(block, claimOf(block, bytes), 0, bytes));
    }

    await sealer.turn();
    const stored = async (node: string, window: number) => (await windows.read(node, window)).blocks.length;
    expect([await stored(bad, 0), await stored(bad, 1), await stored(good, 0)]).toEqual([0, 1, 1]);
    expect([...recent.node(bad).ticks.unsealed().keys()]).toEqual([0]);
  });
});
