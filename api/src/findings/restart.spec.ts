import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Follower } from '../commit-log/follower.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { mustTake } from '../testing/client.ts';
import { noonMs } from '../testing/example-api.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { FindingsJob } from './findings-job.ts';

const clock = new TestClock(noonMs + 5000);
let database: TrialDatabase;
let api: RunningApi;
let readBack: () => void = () => undefined;

/** A node has reported; then the API was started anew, and its database takes its time to tell of the last minutes. */
beforeAll(async () => {
  database = await trialDatabase();
  api = await runningApi({ uri: database.uri, clock });
  await mustTake(api, 'node-1', examplePush('node-1', noonMs));
  await api.stop();
  const slow = new Promise<void>((resolve) => {
    readBack = resolve;
  });
  api = await runningApi({ uri: database.uri, clock, overrides: [[Follower, { turn: async () => slow }]] });
}, 60_000);
afterAll(async () => {
  readBack();
  await api.stop();
  await database.remove();
});

describe('a replica that was started anew', () => {
  it('calls no node silent before it has read back what nodes sent', async () => {
    const found = api.app.get(FindingsJob, { strict: false });
    expect(await api.app.get(KnownNodes, { strict: false }).listed()).toHaveLength(1);
    // Long enough for the first turn of every job.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(found.all().size).toBe(0);
    readBack();
    while (found.all().size === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});
