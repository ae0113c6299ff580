import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { testApp } from '../../testing/test-app.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../../testing/trial-database.ts';
import { Accounts } from './accounts.ts';

describe('the admin of a database that outlives its release', () => {
  let database: TrialDatabase;

  beforeAll(async () => {
    database = await trialDatabase();
  }, 30_000);
  afterAll(async () => {
    await database.remove();
  });

  /** Starts an API whose Secret holds `kept`, and tells which of these passwords its admin comes to have. */
  async function admitted(kept: string, passwords: readonly string[]): Promise<readonly string[]> {
    const app = await testApp({ uri: database.uri, clock: new TestClock(), firstPassword: kept });
    try {
      const accounts = app.get(Accounts);
      const deadlineMs = Date.now() + 5000;
      while (!(await accounts.matches('admin', kept)) && Date.now() < deadlineMs) await wait(50);
      const matched = await Promise.all(passwords.map(async (one) => accounts.matches('admin', one)));
      return passwords.filter((_, index) => matched[index]);
    } finally {
      await app.close();
    }
  }

  it.each([
    ['makes the account', 'first', ['first']],
    ['leaves it, when the Secret is as it was', 'first', ['first']],
    ['gives it the password of a Secret that was made anew', 'second', ['second']],
  ])('%s', async (_sentence, kept, expected) => {
    expect(await admitted(kept, ['first', 'second'])).toEqual(expected);
  });
});
