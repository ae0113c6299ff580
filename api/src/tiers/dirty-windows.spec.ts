import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { type DirtyPart, DirtyWindows } from './dirty-windows.ts';

describe('DirtyWindows', () => {
  const clock = new TestClock();
  let database: TrialDatabase;
  let api: RunningApi;
  let dirty: DirtyWindows;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock });
    dirty = api.app.get(DirtyWindows);
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  async function of(nodeId: string): Promise<DirtyPart[]> {
    const marks = (await dirty.list()).filter((mark) => mark.nodeId === nodeId);
    return marks.sort((one, other) => one.window - other.window || one.part - other.part);
  }

  it('keeps one mark of a part, with the time at which it was made first', async () => {
    const markedMs = clock.nowMs();
    await dirty.mark('a', 7, 0);
    clock.advance(60_000);
    await dirty.mark('a', 7, 0);
    expect(await of('a')).toEqual([{ nodeId: 'a', window: 7, part: 0, markedMs }]);
  });

  it('removes the marks that it is told to, and not that of a part which came meanwhile', async () => {
    await dirty.mark('b', 7, 0);
    const read = await of('b');
    await dirty.mark('b', 7, 1);
    await dirty.mark('b', 8, 0);
    await dirty.remove(read);
    await dirty.remove(read);
    expect((await of('b')).map(({ window, part }) => [window, part])).toEqual([
      [7, 1],
      [8, 0],
    ]);
  });
});
