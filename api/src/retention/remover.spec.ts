import { describe, expect, it } from '@jest/globals';
import { Days } from '../parts/days.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { TestClock } from '../testing/test-clock.ts';
import { NodeTiers } from '../tiers/tier-documents.ts';
import { spanOf, tiers } from '../tiers/tiers.ts';
import { Cursors } from './cursors.ts';
import { Remover } from './remover.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const ages = { raw: 7 * dayMs, m1: 14 * dayMs, m5: 90 * dayMs, h1: 730 * dayMs };

describe('Remover', () => {
  function world() {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const documents = new NodeTiers(database);
    const remover = new Remover(new RawWindows(database), new Days(database), new Cursors(database), clock);
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
