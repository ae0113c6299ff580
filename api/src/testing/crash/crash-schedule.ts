import { setImmediate as turn } from 'node:timers/promises';
import { TestClock } from '../test-clock.ts';
import { type CountedLedger, countLedger } from './counted-ledger.ts';
import { type Faults, FaultyCollections } from './faulty-collections.ts';
import { MemoryDatabase } from './memory-database.ts';
import { Random } from './random.ts';
import { Sender } from './sender.ts';
import { jobs, SimReplica } from './sim-replica.ts';

type WriterOf = ConstructorParameters<typeof SimReplica>[2];

/** What came out of a schedule. */
export interface Outcome extends CountedLedger {
  readonly kills: number;
  /** Logs that nobody has dropped. */
  readonly left: number;
}

const calm: Faults = { kill: 0, fail: 0, turns: 2 };
const actions = 400;

/**
 * Two replicas, two agents and random faults: each call to the database may end its replica, which another replaces,
 * or be lost. Then the faults end, and everything is counted: what agents sent, and what parts hold.
 */
export async function crashSchedule(seed: number, writerOf?: WriterOf): Promise<Outcome> {
  const random = new Random(seed);
  const clock = new TestClock();
  const database = new MemoryDatabase(clock);
  const stormy: Faults = { kill: 0.001 + 0.02 * random.next(), fail: 0.05 * random.next(), turns: 4 };
  let faults = stormy;
  let kills = 0;
  const start = (): SimReplica =>
    new SimReplica(new FaultyCollections(database, random, () => faults), clock, writerOf);
  const replicas = [start(), start()];
  const senders = ['a', 'b'].map((name) => new Sender(name.repeat(16), name.repeat(32), random));
  const pending: Promise<void>[] = [];

  for (let left = actions; left > 0; left -= 1) {
    replicas.forEach((replica, index) => {
      if (!replica.isDead) return;
      kills += 1;
      replicas[index] = start();
    });
    act();
    if (random.chance(0.5)) await turn();
  }
  faults = calm;
  await settle();
  return {
    kills,
    ...(await countLedger(database, senders)),
    left: database.names.filter((name) => name.startsWith('log_')).length,
  };

  function act(): void {
    const replica = random.one(replicas);
    const sender = random.one(senders);
    if (replica === undefined || sender === undefined) return;
    clock.advance(random.chance(0.05) ? random.below(20 * 60_000) : random.below(20_000));
    if (random.chance(0.4)) sender.collect(clock.nowMs());
    if (random.chance(0.02)) sender.drop();
    if (random.chance(0.5)) pending.push(sender.send(replica));
    if (random.chance(0.7)) pending.push(replica.do(random.one(jobs) ?? 'look'));
  }

  /** Two new replicas, to whom everything is sent again that was not acknowledged, and who have all the time. */
  async function settle(): Promise<void> {
    for (const replica of replicas) replica.collections.kill();
    await Promise.all(pending);
    const fresh = [start(), start()];
    for (let round = 0; round < 80; round += 1) {
      for (const sender of senders) await sender.send(random.one(fresh) ?? start());
      await work(fresh);
    }
    const waits = senders.filter(({ isDone }) => !isDone);
    if (waits.length > 0) throw new Error(`BUG: ${waits.length} senders of seed ${seed} still wait`);
    for (const replica of fresh) replica.collections.kill();
    const last = [start()];
    for (let round = 0; round < 100; round += 1) await work(last);
  }

  /** A minute's work. */
  async function work(some: readonly SimReplica[]): Promise<void> {
    for (const replica of some) for (const job of jobs) await replica.do(job);
    clock.advance(60_000);
  }
}
