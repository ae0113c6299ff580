import * as z from 'zod';
import type { DrillRun, Row } from '../drill.ts';
import { firstLine, startSource } from './sources.ts';

const total = 1000;
const atOnce = 100;
const naive = 20;
const batchMs = 30 * 60_000;

const count = z.int().min(0);
const sumsSchema = z.object({
  ...{ kills: count, collected: count, dropped: count, stored: count },
  ...{ lost: count, doubled: count, changed: count, left: count },
  ...{ sums: count, unequal: count, removed: count, overdue: count, missing: z.int() },
});
type Sums = z.infer<typeof sumsSchema>;

/** 1,000 random schedules of two replicas that die at any call to the database, and some of a store that must fail. */
export async function schedules({ folder, progress }: DrillRun): Promise<Row[]> {
  const batches: Sums[] = [];
  for (let first = 1; first <= total; first += atOnce) {
    batches.push(await run(folder, first, atOnce, 'store'));
    progress(`${first + atOnce - 1} of ${total} schedules, ${sum(batches, 'kills')} replicas killed`);
  }
  const lossy = await run(folder, 1, naive, 'naive');
  const of = (name: keyof Sums): number => sum(batches, name);
  return [
    {
      step: `${total} schedules with ${of('kills')} kills: ticks stored`,
      expected: `${of('collected')} collected - ${of('dropped')} dropped = ${of('collected') - of('dropped')}`,
      found: `${of('collected')} collected - ${of('dropped')} dropped = ${of('stored')}`,
    },
    {
      step: 'ticks that went wrong',
      expected: '0 lost, 0 doubled, 0 changed, 0 logs left',
      found: `${of('lost')} lost, ${of('doubled')} doubled, ${of('changed')} changed, ${of('left')} logs left`,
    },
    {
      step: `steps of ${of('sums')} in sums that say something else than the samples`,
      expected: '0',
      found: String(of('unequal')),
    },
    {
      step: `with ${of('removed')} windows too old: parts left of them, ticks missing of others`,
      expected: '0 left, 0 missing',
      found: `${of('overdue')} left, ${of('missing')} missing`,
    },
    {
      step: 'a store that acknowledges too early',
      expected: 'loses',
      found: lossy.lost > 0 ? 'loses' : 'loses nothing',
    },
  ];
}

async function run(folder: string, first: number, number: number, store: 'store' | 'naive'): Promise<Sums> {
  const child = startSource('schedules.ts', [String(first), String(number), store], folder);
  return sumsSchema.parse(await firstLine(child, batchMs));
}

function sum(batches: readonly Sums[], name: keyof Sums): number {
  return batches.reduce((total, batch) => total + batch[name], 0);
}
