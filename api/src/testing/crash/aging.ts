import { setImmediate as turn } from 'node:timers/promises';
import type { TestClock } from '../test-clock.ts';
import type { Random } from './random.ts';
import type { ReplicaPair } from './replica-pair.ts';
import type { SimReplica } from './sim-replica.ts';
import { upkeepJobs } from './sim-upkeep.ts';

const actions = 150;
const mostMs = 60_000;
/** Together more than marks may wait. */
const calmRounds = 7;
const roundMs = 16 * 60_000;

/** Time passes while a pair with faults rolls up and removes; then one without faults does what is left. */
export async function agePast(pair: ReplicaPair, calm: SimReplica, clock: TestClock, random: Random): Promise<void> {
  const pending: Promise<void>[] = [];
  for (let left = actions; left > 0; left -= 1) {
    pair.replaceDead();
    pending.push(pair.one(random).do(random.one(upkeepJobs) ?? 'roll'));
    clock.advance(random.below(mostMs));
    for (let turns = random.below(20); turns > 0; turns -= 1) await turn();
  }
  pair.end();
  await Promise.all(pending);
  for (let round = 0; round < calmRounds; round += 1) {
    clock.advance(roundMs);
    for (const job of upkeepJobs) await calm.do(job);
  }
}
