import { setImmediate as turn } from 'node:timers/promises';
import { TestClock } from '../test-clock.ts';
import { agePast } from './aging.ts';
import { type CountedLedger, countLedger } from './counted-ledger.ts';
import { type CountedSums, countSums } from './counted-sums.ts';
import { type CountedWindows, countWindows } from './counted-windows.ts';
import { type Faults, FaultyCollections } from './faulty-collections.ts';
import { MemoryDatabase } from './memory-database.ts';
import { Random } from './random.ts';
import { ReplicaPair } from './replica-pair.ts';
import { Sender } from './sender.ts';
import { SimReplica, storeJobs, type Variants } from './sim-replica.ts';
import { introduce } from './sim-store.ts';
import { keptHours } from './sim-upkeep.ts';

/** What came out of a schedule. */
export interface Outcome extends CountedLedger, CountedSums, CountedWindows {
  readonly kills: number;
  /** Logs that nobody has dropped. */
  readonly left: number;
}

const calm: Faults = { kill: 0, fail: 0, turns: 2 };
const actions = 400;
const jobs = [...storeJobs, 'roll', 'rollSpans'] as const;
const keptMs = keptHours * 3_600_000;

/**
 * Two replicas, two agents and random faults: each call to the database may end its replica, which another replaces,
 * or be lost. Then the faults end until all is in parts, and what agents sent is counted there. Then windows become
 * too old, rolled up or not, with faults again; and sums and windows are counted.
 */
export async function crashSchedule(seed: number, variants: Partial<Variants> = {}): Promise<Outcome> {
  const random = new Random(seed);
  const clock = new TestClock();
  const database = new MemoryDatabase(clock);
  const stormy: Faults = { kill: 0.001 + 0.02 * random.next(), fail: 0.05 * random.next(), turns: 4 };
  // A roll-up and a removal take hundreds of calls: some of them are to come to their end.
  const breezy: Faults = { kill: stormy.kill / 10, fail: stormy.fail / 10, turns: 4 };
  const start = (faults: Faults): SimReplica =>
    new SimReplica(new FaultyCollections(database, random, () => faults), clock, variants);
  const senders = ['a', 'b'].map((name) => new Sender(name.repeat(16), name.repeat(32), random));
  await introduce(
    database,
    senders.map(({ nodeId }) => nodeId),
  );
  const startMs = clock.nowMs();
  const pair = new ReplicaPair(() => start(stormy));
  const pending: Promise<void>[] = [];
  for (let left = actions; left > 0; left -= 1) {
    pair.replaceDead();
    act();
    if (random.chance(0.5)) await turn();
  }
  const endMs = clock.nowMs();
  pair.end();
  await Promise.all(pending);
  await settle();
  const ledger = await countLedger(database, senders);

  clock.advance(startMs + random.below(endMs - startMs) + keptMs - clock.nowMs());
  const old = new ReplicaPair(() => start(breezy));
  await agePast(old, start(calm), clock, random);
  return {
    kills: pair.kills + old.kills,
    ...ledger,
    ...(await countSums(database, senders)),
    ...(await countWindows(database, senders, clock.nowMs(), keptMs)),
    left: database.names.filter((name) => name.startsWith('log_')).length,
  };

  function act(): void {
    const replica = pair.one(random);
    const sender = random.one(senders);
    if (sender === undefined) return;
    clock.advance(random.chance(0.05) ? random.below(20 * 60_000) : random.below(20_000));
    if (random.chance(0.4)) sender.collect(clock.nowMs());
    if (random.chance(0.02)) sender.drop();
    if (random.chance(0.5)) pending.push(sender.send(replica));
    if (random.chance(0.7)) pending.push(replica.do(random.one(jobs) ?? 'look'));
  }

  /** Two new replicas, to whom everything is sent again that was not acknowledged, and who have all the time. */
  async function settle(): Promise<void> {
    const fresh = [start(calm), start(calm)];
    for (let round = 0; round < 80; round += 1) {
      for (const sender of senders) await sender.send(random.one(fresh) ?? start(calm));
      await work(fresh);
    }
    const waits = senders.filter(({ isDone }) => !isDone);
    if (waits.length > 0) throw new Error(`BUG: ${waits.length} senders of seed ${seed} still wait`);
    for (const replica of fresh) replica.collections.kill();
    const last = [start(calm)];
    for (let round = 0; round < 100; round += 1) await work(last);
  }

  /** A minute's work. */
  async function work(some: readonly SimReplica[]): Promise<void> {
    for (const replica of some) for (const job of storeJobs) await replica.do(job);
    clock.advance(60_000);
  }
}
