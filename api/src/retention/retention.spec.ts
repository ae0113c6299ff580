import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PushedBlock } from '@docksnap/contract';
import { RawWindows } from '../parts/raw-windows.ts';
import { pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { Config, readConfig } from '../config.ts';
import { DatabaseSize } from '../store/database-size.ts';
import { Retention } from './retention.ts';
import { KeptShare } from './share.ts';
import { Store } from '../store/store.ts';
import { WindowsJob, windowsWaitMs } from '../tiers/windows-job.ts';

const hourMs = 3_600_000;

describe('Retention', () => {
  const clock = new TestClock();
  let database: TrialDatabase;
  let api: RunningApi;
  let store: Store;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock });
    store = api.app.get(Store);
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  const append = (nodeId: string, blocks: readonly PushedBlock[]) =>
    store.append({ nodeId, blocks, report: undefined, skewMs: 0 });
  /** A turn of retention, when all was rolled up. */
  async function round(): Promise<void> {
    clock.advance(windowsWaitMs);
    await api.app.get(WindowsJob).turn();
    await api.app.get(Retention).turn();
  }
  async function partsIn(node: string, window: number): Promise<number> {
    return (await api.app.get(RawWindows).read(node, window)).parts;
  }

  it('removes whole windows that are older than 168 hours, and no younger one', async () => {
    const { id } = await store.nodeFor('cluster', 'node', 'uid');
    const oldMs = clock.nowMs() - 169 * hourMs;
    const youngMs = clock.nowMs() - 167 * hourMs;
    for (const seq of [1, 2, 3]) await append(id, [pushed({ seq, tickTimes: [oldMs + seq * 1000] })]);
    await append(id, [pushed({ seq: 4, tickTimes: [youngMs] })]);
    await round();
    expect(await partsIn(id, windowOf(oldMs))).toBe(0);
    expect(await partsIn(id, windowOf(youngMs))).toBe(1);
  });

  it('goes back for what came late into a window that was cleared', async () => {
    const { id } = await store.nodeFor('cluster', 'node', 'uid');
    const lateMs = clock.nowMs() - 200 * hourMs;
    await append(id, [pushed({ seq: 5, tickTimes: [lateMs] })]);
    await round();
    expect(await partsIn(id, windowOf(lateMs))).toBe(0);
  });

  it('takes a repeat of what it removed as new, rather than losing it', async () => {
    const { id } = await store.nodeFor('cluster', 'other', 'uid');
    const oldMs = clock.nowMs() - 168 * hourMs - windowMs;
    const block = pushed({ seq: 1, tickTimes: [oldMs] });
    await append(id, [block]);
    await round();
    expect(await append(id, [block])).toMatchObject({ stored: 1, duplicate: 0 });
    expect(await partsIn(id, windowOf(oldMs))).toBe(1);
  });
});

describe('Retention of a database that may take one byte', () => {
  const clock = new TestClock();
  let database: TrialDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    database = await trialDatabase();
    const config = { ...readConfig({ DOCKSNAP_MONGODB_URI: database.uri, DOCKSNAP_KUBERNETES: 'false' }) };
    api = await runningApi({
      uri: database.uri,
      clock,
      overrides: [[Config, { ...config, logLevel: 'silent', retentionBytes: 1 }]],
    });
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  it('keeps less of each age, and remembers how much', async () => {
    const store = api.app.get(Store);
    const { id } = await store.nodeFor('cluster', 'node', 'uid');
    const [oldMs, youngMs] = [clock.nowMs() - 100 * hourMs, clock.nowMs() - 10 * hourMs];
    const blocks = [oldMs, youngMs].map((at, index) => pushed({ seq: index + 1, tickTimes: [at] }));
    await store.append({ nodeId: id, blocks, report: undefined, skewMs: 0 });
    const before = await api.app.get(DatabaseSize).bytes();
    clock.advance(windowsWaitMs);
    await api.app.get(WindowsJob).turn();
    await api.app.get(Retention).turn();
    const parts = async (atMs: number): Promise<number> =>
      (await api.app.get(RawWindows).read(id, windowOf(atMs))).parts;
    expect(await parts(oldMs)).toBe(0);
    expect(await parts(youngMs)).toBe(1);
    expect(await api.app.get(KeptShare).get()).toBeLessThan(100 / 168);
    expect(before).toBeGreaterThan(1);
  });
});
