import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { windowMs } from './identifiers.ts';
import { Store } from './store.ts';

describe('the totals of a node', () => {
  const clock = new TestClock();
  let database: TrialDatabase;
  let api: RunningApi;
  let names = 0;
  let node: string;

  beforeAll(async () => {
    database = await trialDatabase();
  });
  beforeEach(async () => {
    api = await runningApi({ uri: database.uri, clock });
    node = (await store().nodeFor('cluster', `node-${(names += 1)}`, 'uid')).id;
  });
  afterEach(async () => {
    await api.stop();
  });
  afterAll(async () => {
    await database.remove();
  });

  const store = (): Store => api.app.get(Store);
  /** Nothing is written at the end of a process, so this is as good as a kill. */
  async function restart(): Promise<void> {
    await api.stop();
    api = await runningApi({ uri: database.uri, clock });
  }
  const push = (seq: number, tickMs = clock.nowMs()) => store().append(node, [pushed({ seq, tickTimes: [tickMs] })], 0);

  it('count each stored tick once and each repeat', async () => {
    const tickMs = clock.nowMs();
    await push(1, tickMs);
    await push(2);
    await push(1, tickMs);
    expect(await store().totals(node)).toEqual({ stored: 2, duplicate: 1 });
  });

  it('are the same after a restart at any moment, for ticks that came just now or a while ago', async () => {
    for (let seq = 1; seq <= 30; seq += 1) {
      clock.advance(10_000);
      await push(seq);
      if (seq % 7 === 0) await restart();
    }
    await restart();
    clock.advance(windowMs);
    await restart();
    expect(await store().totals(node)).toMatchObject({ stored: 30 });
  });

  it('are the same after a restart that follows a backlog from long ago', async () => {
    await push(1);
    for (const seq of [2, 3]) await push(seq, clock.nowMs() - seq * 10 * windowMs);
    await restart();
    expect(await store().totals(node)).toMatchObject({ stored: 3 });
  });

  it('keep what agents said of their epochs', async () => {
    const epochs = [{ epoch: 'e'.repeat(32), collected: 5, dropped: { too_old: 2 } }];
    await store().putReported(node, epochs);
    await restart();
    expect(await store().reported(node)).toEqual(epochs);
    expect(await store().reported('another')).toEqual([]);
  });
});
