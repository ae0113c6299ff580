/**
 * Random schedules of crashes: `schedules.ts <first seed> <number> <store|naive>`. Prints the sums of their outcomes as
 * one line of JSON, and where the naive store is asked for, expects it to lose.
 */
import { crashSchedule } from '../crash/crash-schedule.ts';
import { NaiveWriter } from '../crash/naive-writer.ts';
import type { Variants } from '../crash/sim-replica.ts';

const [first, count] = process.argv.slice(2, 4).map(Number);
const variants: Partial<Variants> =
  process.argv[4] === 'naive' ? { writerOf: (...given) => new NaiveWriter(...given) } : {};
const ledger = { kills: 0, collected: 0, dropped: 0, stored: 0, lost: 0, doubled: 0, changed: 0, left: 0 };
const sums = { ...ledger, sums: 0, unequal: 0, removed: 0, overdue: 0, missing: 0 };

for (let seed = first ?? 1; seed < (first ?? 1) + (count ?? 1); seed += 1) {
  const outcome = await crashSchedule(seed, variants);
  sums.kills += outcome.kills;
  sums.collected += outcome.collected;
  sums.dropped += outcome.dropped;
  sums.stored += outcome.stored;
  sums.lost += outcome.lost;
  sums.doubled += outcome.doubled;
  sums.changed += outcome.changed;
  sums.left += outcome.left;
  sums.sums += outcome.sums;
  sums.unequal += outcome.unequal;
  sums.removed += outcome.removed;
  sums.overdue += outcome.overdue;
  sums.missing += outcome.missing;
}
process.stdout.write(`${JSON.stringify(sums)}\n`);
process.exit();
