import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeListSchema } from '@docksnap/contract';
import { Client, pushAs } from '../testing/client.ts';
import { noonMs } from '../testing/example-api.ts';
import { examplePush, nextTick } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const nodes = ['node-1', 'node-2'] as const;

describe('a snapshot of the trial database’s volume, taken while it works', () => {
  let database: TrialDatabase;
  let restored: TrialDatabase;
  let api: RunningApi;
  let asRestored: RunningApi;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock: new TestClock(noonMs + 5000) });
    for (const node of nodes) {
      expect(await pushAs(api, node, examplePush(node, noonMs))).toMatchObject({ status: 200 });
    }
    restored = await trialDatabase({ folder: await database.snapshot() });
    asRestored = await runningApi({ uri: restored.uri, clock: new TestClock(noonMs + 5000) });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api.stop(), asRestored.stop()]);
    await Promise.all([database.remove(), restored.remove()]);
  });

  it('answers as the database did, once it is restored', async () => {
    const [before, after] = [await Client.login(api), await Client.login(asRestored)];
    const { items } = nodeListSchema.parse((await before.get('/api/v1/nodes')).body);
    expect(items.map(({ name }) => name)).toEqual(nodes);
    const range = `from=${noonMs - 600_000}&to=${noonMs}&stepSeconds=60`;
    const asked = items.flatMap(({ id }) => [
      `/api/v1/nodes/${id}/ledger`,
      `/api/v1/series?node=${id}&metrics=cpuCores,workingSetBytes&${range}`,
    ]);
    for (const path of asked) {
      const [one, other] = [await before.get(path), await after.get(path)];
      expect([path, one.status]).toEqual([path, 200]);
      expect(other.body).toEqual(one.body);
    }
  });

  it('knows a repeat of what it holds, and takes what comes after', async () => {
    expect((await pushAs(asRestored, 'node-1', examplePush('node-1', noonMs))).body).toEqual({
      stored: 0,
      duplicate: 72,
    });
    const next = nextTick('node-1', noonMs, noonMs + 10_000);
    expect((await pushAs(asRestored, 'node-1', next)).body).toEqual({ stored: 1, duplicate: 0 });
  });
});
