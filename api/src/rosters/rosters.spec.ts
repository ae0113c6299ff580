import { describe, expect, it } from '@jest/globals';
import { encodeRoster, type ReadRoster, type Roster, rosterHash } from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { zstd } from '../codec/zstd.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { TestClock } from '../testing/test-clock.ts';
import { Rosters } from './rosters.ts';

const dayMs = 24 * 3_600_000;

function rosterOf(key: string): { hash: string; read: ReadRoster; roster: Roster } {
  const roster: Roster = {
    entities: [{ kind: 'pod', key, runtimeId: '', startedAtMs: 0, description: '' }],
    groups: [],
  };
  const bytes = encodeRoster(roster, zstd);
  return { hash: rosterHash(bytes, sha256), read: { roster, bytes }, roster };
}

describe('rosters', () => {
  const one = rosterOf('one');
  const two = rosterOf('two');
  const put = new Map([[one.hash, one.read]]);

  it('that one replica put, another finds in the database, and of no other node', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    await new Rosters(database, clock).put('n', put);
    const other = new Rosters(database, clock);
    expect(await other.load('n', [one.hash, two.hash])).toEqual([two.hash]);
    expect(other.of('n')(one.hash)).toEqual(one.roster);
    expect(await other.load('m', [one.hash])).toEqual([one.hash]);
    expect(other.of('m')(one.hash)).toBeUndefined();
  });

  it.each([
    ['a day', 1, []],
    ['two days', 2, []],
    ['three days, and is asked for again', 3, [one.hash]],
  ])('are found for %s', async (_, days, missing) => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const rosters = new Rosters(database, clock);
    await rosters.put('n', put);
    clock.advance(days * dayMs);
    expect(await rosters.load('n', [one.hash])).toEqual(missing);
    expect(await new Rosters(database, clock).load('n', [one.hash])).toEqual(missing);
  });

  it('that are put again after that are stored again', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const rosters = new Rosters(database, clock);
    await rosters.put('n', put);
    clock.advance(3 * dayMs);
    await rosters.put('n', put);
    expect(await new Rosters(database, clock).load('n', [one.hash])).toEqual([]);
  });

  it('are found for a log that names them, however long nobody ran', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const namedMs = clock.nowMs() + 2 * dayMs;
    await new Rosters(database, clock).put('n', put);
    clock.advance(90 * dayMs);
    const rosters = new Rosters(database, clock);
    await rosters.dropBefore(namedMs);
    expect(await rosters.namedAt('n', [one.hash, two.hash], namedMs)).toEqual(new Map([[one.hash, one.roster]]));
  });

  it('of days that no log can name are dropped', async () => {
    const clock = new TestClock();
    const database = new MemoryDatabase(clock);
    const rosters = new Rosters(database, clock);
    await rosters.put('n', put);
    clock.advance(5 * dayMs);
    await rosters.put('n', new Map([[two.hash, two.read]]));
    expect(database.names).toHaveLength(2);
    await rosters.dropBefore(clock.nowMs());
    expect(database.names).toEqual([`rosters_${Math.floor(clock.nowMs() / dayMs)}`]);
  });
});
