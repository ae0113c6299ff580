import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { Collections, type Identified } from './collections.ts';

interface Numbered extends Identified {
  readonly number: number;
}

describe('MongoCollections', () => {
  let database: TrialDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri });
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  it('lets many make and replace the same document at once', async () => {
    const documents = api.app.get(Collections).of<Numbered>('numbered');
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await Promise.all([1, 2, 3, 4].map((number) => documents.replace([{ _id: name, number }])));
      expect(await documents.find(name)).toEqual({ _id: name, number: expect.any(Number) });
    }
  });
});
