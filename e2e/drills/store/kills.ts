import { setTimeout as wait } from 'node:timers/promises';
import type { DrillRun, Row } from '../drill.ts';
import { StoreSystem } from './system.ts';

const replicaKills = 30;
const databaseKills = 20;
const longestMs = 2000;
const awayMs = 500;

/** Replicas killed 30 times, now one and now both, and the database 20 times, while agents push. */
export async function kills({ folder, progress }: DrillRun): Promise<Row[]> {
  const system = await StoreSystem.start(folder, 'kills');
  try {
    for (let killed = 0; killed < replicaKills;) {
      await wait(Math.random() * longestMs);
      const all = killed % 5 === 4 ? system.replicas : [system.replicas[killed % 2]];
      const some = all.filter((replica) => replica !== undefined);
      for (const replica of some) await replica.kill();
      await Promise.all(some.map((replica) => replica.start()));
      killed += some.length;
      progress(`${killed} replicas killed, ${system.acknowledged} ticks acknowledged`);
    }
    for (let killed = 1; killed <= databaseKills; killed += 1) {
      await wait(Math.random() * longestMs);
      await system.database.kill();
      await wait(awayMs);
      await system.database.start();
      const before = system.acknowledged;
      await system.until('ticks are acknowledged again', () => system.acknowledged > before);
      progress(`the database killed ${killed} times, ${system.acknowledged} ticks acknowledged`);
    }
    await Promise.all(system.replicas.map((replica) => replica.ready()));
    const refused = system.answers(409) + system.answers(500);
    return [...(await system.account()), { step: 'answers 409 or 500', expected: '0', found: String(refused) }];
  } finally {
    await system.stop();
  }
}
