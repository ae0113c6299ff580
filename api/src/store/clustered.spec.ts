import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Connection, createConnection } from 'mongoose';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { watchable, watchCommands } from '../testing/watched-commands.ts';
import { makeClusteredCollections } from './clustered.ts';
import { MongoCollections } from './mongo-collections.ts';

describe('the large collections', () => {
  let database: TrialDatabase;
  let connection: Connection;
  let commandsSent: () => number;

  beforeAll(async () => {
    database = await trialDatabase();
    connection = createConnection();
    commandsSent = watchCommands(connection);
    await connection.openUri(watchable(database.uri), { autoCreate: false, bufferCommands: false });
  });
  afterAll(async () => {
    await connection.close();
    await database.remove();
  });

  it('are made once, by whoever comes first, and keep what they hold when they are made again', async () => {
    await Promise.all([makeClusteredCollections(connection), makeClusteredCollections(connection)]);
    const raw = new MongoCollections(connection).of('raw');
    await raw.insert({ _id: 'n/1/0' });
    await makeClusteredCollections(connection);
    expect(await raw.find('n/1/0')).toEqual({ _id: 'n/1/0' });
    expect(commandsSent()).toBeGreaterThan(3 * 6);
  });
});
