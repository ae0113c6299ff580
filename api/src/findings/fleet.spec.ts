import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Finding, findingsAnswerSchema } from '@docksnap/contract';
import { Client, mustTake } from '../testing/client.ts';
import { exampleNodes } from '../testing/example-fleet/nodes.ts';
import { fleetPush } from '../testing/example-fleet/pushes.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { FindingsJob } from './findings-job.ts';

/** Twenty minutes of samples, each ten seconds, of a leak, a throttled container, a crash loop and their neighbours. */
const nowMs = Date.UTC(2026, 10, 24, 12, 0, 30);
const minutes = 20;
const sinceLookMs = 20_000;

let database: TrialDatabase;
let api: RunningApi;
let items: readonly Finding[];

beforeAll(async () => {
  database = await trialDatabase();
  const clock = new TestClock(nowMs - sinceLookMs);
  api = await runningApi({ uri: database.uri, clock });
  const nodes = exampleNodes.filter(({ name }) => name.startsWith('general-') || name === 'batch-1');
  for (const node of nodes) {
    await mustTake(api, node.name, fleetPush(node, nowMs, minutes));
  }
  // Whoever was looked at while it pushed is looked at again.
  clock.advance(sinceLookMs);
  await api.app.get(FindingsJob, { strict: false }).turn();
  const client = await Client.login(api);
  items = findingsAnswerSchema.parse((await client.get('/api/v1/findings')).body).items;
}, 120_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

describe('of a fleet', () => {
  it('what is wrong is found, the worst first, and nothing else', () => {
    const urgent = items.filter(({ urgency }) => urgency !== 'notice');
    expect(urgent.map(({ kind, subject }) => [kind, subject.name])).toEqual([
      ['node-silent', 'batch-1'],
      ['crash-loop', 'ledger-writer'],
      ['leak', 'api'],
      ['throttled', 'encoder'],
    ]);
  });

  it.each([
    [
      'leak',
      /^leaks 10\.\d MiB\/min; it reaches its 1 GiB limit in about \d+ min\. It was OOM-killed once in the last hour\.$/,
    ],
    [
      'throttled',
      /^is throttled in 3[78] % of its periods, for 1\d min or more: its limit of 0.5 cores is too small\.$/,
    ],
    ['crash-loop', /^keeps crashing: it waits to be started again, exit code 1; 7 restarts in all\./],
    ['node-silent', /^has been silent for 14 min: /],
  ])('the %s is told with its figures', (kind, words) => {
    expect(items.find((one) => one.kind === kind)?.sentence).toMatch(words);
  });
});
