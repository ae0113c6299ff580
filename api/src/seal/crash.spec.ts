import { describe, expect, it } from '@jest/globals';
import { crashSchedule } from '../testing/crash/crash-schedule.ts';
import { HastyRollUp } from '../testing/crash/hasty-roll-up.ts';
import { NaiveWriter } from '../testing/crash/naive-writer.ts';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);
const right = { lost: 0, doubled: 0, changed: 0, left: 0, unequal: 0, overdue: 0, missing: 0 };

describe('two replicas that die at any call to the database', () => {
  it('lose nothing that they acknowledged, store nothing twice, sum up all and remove what is old alone', async () => {
    const total = { kills: 0, sums: 0, removed: 0 };
    for (const seed of seeds) {
      const outcome = await crashSchedule(seed);
      total.kills += outcome.kills;
      total.sums += outcome.sums;
      total.removed += outcome.removed;
      const stored = outcome.collected - outcome.dropped;
      expect({ seed, ...outcome }).toMatchObject({ seed, stored, ...right });
    }
    for (const some of Object.values(total)) expect(some).toBeGreaterThan(seeds.length);
  }, 600_000);

  it('would be caught losing ticks if they acknowledged before the database has answered', async () => {
    let lost = 0;
    for (const seed of seeds.slice(0, 10)) {
      lost += (await crashSchedule(seed, { writerOf: (...given) => new NaiveWriter(...given) })).lost;
    }
    expect(lost).toBeGreaterThan(0);
  }, 300_000);

  it('would be caught losing sums if they removed marks before the sums are there', async () => {
    let unequal = 0;
    for (const seed of seeds.slice(0, 10)) {
      unequal += (await crashSchedule(seed, { rollUpOf: (...given) => new HastyRollUp(...given) })).unequal;
    }
    expect(unequal).toBeGreaterThan(0);
  }, 300_000);
});
