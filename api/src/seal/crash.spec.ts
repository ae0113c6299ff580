import { describe, expect, it } from '@jest/globals';
import { crashSchedule } from '../testing/crash/crash-schedule.ts';
import { NaiveWriter } from '../testing/crash/naive-writer.ts';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

describe('two replicas that die at any call to the database', () => {
  it('lose nothing that they acknowledged and store nothing twice, whatever the schedule', async () => {
    let kills = 0;
    for (const seed of seeds) {
      const outcome = await crashSchedule(seed);
      kills += outcome.kills;
      const stored = outcome.collected - outcome.dropped;
      expect({ seed, ...outcome }).toMatchObject({ seed, stored, lost: 0, doubled: 0, changed: 0, left: 0 });
    }
    expect(kills).toBeGreaterThan(seeds.length);
  }, 300_000);

  it('would be caught losing ticks if they acknowledged before the database has answered', async () => {
    let lost = 0;
    for (const seed of seeds.slice(0, 20)) {
      lost += (await crashSchedule(seed, (...given) => new NaiveWriter(...given))).lost;
    }
    expect(lost).toBeGreaterThan(0);
  }, 120_000);
});
