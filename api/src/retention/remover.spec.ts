import { describe, expect, it } from '@jest/globals';
import { dayOf, Days, windowsOfDay } from '../parts/days.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { TestClock } from '../testing/test-clock.ts';
import { WindowMarks } from '../tiers/marks.ts';
import { NodeTiers } from '../tiers/tier-documents.ts';
import { spanOf, tiers } from '../tiers/tiers.ts';
import { Cursors } from './cursors.ts';
import { Remover } from './remover.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const ages = { raw: 7 * dayMs, m1: 14 * dayMs, m5: 90 * dayMs, h1: 730 * dayMs };

/** Remembers which windows it was asked to remove. */
class AskedWindows extends RawWindows {
  asked: number[] = [];

  override async remove(nodeId: string, window: number): Promise<void> {
    this.asked.push(window);
    await super.remove(nodeId, window);
  }
}

describe('Remover', () => {
  it('looks for each window once while its day lasts, and for all when it is over', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const [windows, days] = [new AskedWindows(database), new Days(database)];
    const remover = new Remover(windows, days, new Cursors(database), new WindowMarks(database, clock), clock);
    const round = async (): Promise<number[]> => {
      windows.asked = [];
      await remover.removeWindows(ages);
      return windows.asked;
    };
    clock.advance(dayMs - (clock.nowMs() % dayMs) + hourMs);
    const edge = windowOf(clock.nowMs() - ages.raw);
    await days.open('n', edge);
    const all = windowsOfDay(dayOf(edge));
    expect(await round()).toEqual(all.filter((window) => window < edge));
    expect(await round()).toEqual([]);
    clock.advance(2 * windowMs);
    expect(await round()).toEqual([edge, edge + 1]);
    clock.advance(dayMs);
    expect(await round()).toEqual(all);
    expect(await days.all()).toEqual([]);
  });

  it('keeps what a roll-up has still to read, though it is old, until it was read or is a month late', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const [windows, days, marks] = [new AskedWindows(database), new Days(database), new WindowMarks(database, clock)];
    const remover = new Remover(windows, days, new Cursors(database), marks, clock);
    const day = dayOf(windowOf(clock.nowMs() - ages.raw)) - 1;
    const all = windowsOfDay(day);
    const marked = (all[0] ?? 0) + 70;
    const needed = [marked - 2, marked - 1, marked, marked + 1];
    const round = async (): Promise<number[]> => {
      windows.asked = [];
      await remover.removeWindows(ages);
      return windows.asked;
    };
    await days.open('n', marked);
    await marks.mark('other', marked - 9, 0);
    await marks.mark('n', marked, 0);
    expect(await round()).toEqual(all.filter((window) => !needed.includes(window)));
    expect(await days.all()).toHaveLength(1);
    clock.advance(30 * dayMs);
    expect(await round()).not.toContain(marked);
    clock.advance(1);
    expect(await round()).toEqual(all);
    await days.open('n', marked);
    await marks.mark('n', marked + 1, 0);
    await round();
    await marks.remove(await marks.list());
    expect(await round()).toEqual(all);
    expect(await days.all()).toEqual([]);
  });

  function world() {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const documents = new NodeTiers(database);
    const marks = new WindowMarks(database, clock);
    const remover = new Remover(new RawWindows(database), new Days(database), new Cursors(database), marks, clock);
    const write = (span: number): Promise<void> =>
      documents.change(tiers.m5, 'n', span, (before) => ({ ...before, ticks: before.ticks.fill(1) }));
    const isThere = async (span: number): Promise<boolean> => (await documents.read(tiers.m5, 'n', span)) !== undefined;
    return { clock, documents, remover, write, isThere };
  }

  it('removes the spans that are wholly too old, with all their revisions, and no other', async () => {
    const { clock, documents, remover, write, isThere } = world();
    const edge = spanOf(tiers.m5, clock.nowMs() - ages.m5);
    for (const span of [edge - 2, edge - 1, edge, edge + 1]) {
      await write(span);
      await write(span);
    }
    await remover.removeSpans(documents, tiers.m5, 'n', ages);
    expect(await Promise.all([edge - 2, edge - 1, edge, edge + 1].map(isThere))).toEqual([false, false, true, true]);
  });

  it('goes on where it stopped', async () => {
    const { clock, documents, remover, write, isThere } = world();
    const edge = spanOf(tiers.m5, clock.nowMs() - ages.m5);
    await remover.removeSpans(documents, tiers.m5, 'n', ages);
    await write(edge);
    clock.advance(40 * dayMs);
    await remover.removeSpans(documents, tiers.m5, 'n', ages);
    expect(await isThere(edge)).toBe(false);
  });

  it('finds again what came under an age that was longer meanwhile', async () => {
    const { clock, documents, remover, write, isThere } = world();
    const short = { ...ages, m5: 30 * dayMs };
    await remover.removeSpans(documents, tiers.m5, 'n', short);
    await remover.removeSpans(documents, tiers.m5, 'n', ages);
    const span = spanOf(tiers.m5, clock.nowMs() - 60 * dayMs);
    await write(span);
    await remover.removeSpans(documents, tiers.m5, 'n', short);
    expect(await isThere(span)).toBe(false);
  });
});
