import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Description, LedgerEntry } from '@docksnap/contract';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import type { CollectedTick } from './active-segment.ts';
import { scanSegment } from './record.ts';
import type { SpoolOptions } from './spool.ts';
import { Spool } from './spool.ts';

const quiet = createLog('error', () => undefined, Date.now);
const startMs = 1_795_491_265_000;
const [first, second] = ['a'.repeat(32), 'b'.repeat(32)];
const node: Description = { kind: 'node', name: 'node-1', missing: [] };
const nodeHash = 'c'.repeat(32);
const roster = { hash: 'd'.repeat(32), bytes: Buffer.from('roster') };

let directory: string;
let nowMs: number;
let problems: Problems;
let opened: Spool[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'docksnap-spool-'));
  nowMs = startMs;
  opened = [];
});

/** Only now, so that a spool which another one follows is left as a killed agent leaves it. */
afterEach(async () => {
  for (const spool of opened) await spool.close();
  await rm(directory, { recursive: true, force: true });
});

async function openSpool(options: Partial<SpoolOptions> = {}): Promise<Spool> {
  problems = new Problems(() => nowMs, quiet);
  const usual = { directory, maxBytes: 1e9, maxAgeMs: 86_400_000, segmentBytes: 1e6, memoryBytes: 1e6 };
  const spool = new Spool({ ...usual, ...options }, () => nowMs, problems, quiet);
  opened.push(spool);
  await spool.open();
  return spool;
}

/** A tick whose bytes follow from its identity. */
function tick(epoch: string, seq: number, bytes = 200): CollectedTick {
  const unit = createHash('sha256').update(`${epoch}/${seq}`).digest();
  const content = Buffer.concat(Array.from({ length: Math.ceil(bytes / unit.length) }, () => unit)).subarray(0, bytes);
  return {
    epoch,
    seq,
    ticks: 1,
    tickMs: startMs + seq * 10_000,
    bytes: content,
    descriptions: new Map([[nodeHash, node]]),
    roster,
  };
}

async function fill(spool: Spool, epoch: string, ticks: number, bytes = 200): Promise<void> {
  for (let seq = 1; seq <= ticks; seq++) await spool.append(tick(epoch, seq, bytes));
}

const seqs = (spool: Spool): number[] => [...spool.backlog].map(({ seq }) => seq);
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_n, i) => from + i);
const entry = (spool: Spool, epoch: string): LedgerEntry | undefined =>
  spool.ledger.entries().find((each) => each.epoch === epoch);

async function segmentFiles(): Promise<string[]> {
  const names = await readdir(directory);
  return names.filter((name) => name.startsWith('segment')).map((name) => path.join(directory, name));
}

async function expectWholeBlocks(spool: Spool): Promise<void> {
  const blocks = await spool.read([...spool.backlog]);
  for (const [{ epoch, seq }, bytes] of blocks) expect(Buffer.compare(bytes, tick(epoch, seq).bytes)).toBe(0);
  expect(blocks.size).toBe(spool.backlog.ticks);
}

describe('a spool that is opened again', () => {
  it('has every tick, byte for byte, in order, and what they name', async () => {
    const before = await openSpool();
    await fill(before, first, 5);
    await before.close();
    const spool = await openSpool();
    expect(seqs(spool)).toEqual(numbers(1, 5));
    await expectWholeBlocks(spool);
    expect(await spool.named(new Set([nodeHash, roster.hash]), [...spool.backlog])).toEqual({
      descriptions: new Map([[nodeHash, node]]),
      rosters: new Map([[roster.hash, roster.bytes]]),
    });
    expect(entry(spool, first)).toEqual({ epoch: first, collected: 5, dropped: {} });
  });

  it('has nothing that was acknowledged, and forgets the epoch', async () => {
    const before = await openSpool();
    await fill(before, first, 5);
    await before.acknowledge([...before.backlog]);
    const spool = await openSpool();
    expect(seqs(spool)).toEqual([]);
    await spool.append(tick(second, 1));
    expect(spool.ledger.entries()).toEqual([{ epoch: second, collected: 1, dropped: {} }]);
  });

  it('sends again what was acknowledged out of order, and calls nothing lost', async () => {
    const before = await openSpool({ segmentBytes: 600 });
    await fill(before, first, 12);
    await before.acknowledge([...before.backlog].slice(4));
    const spool = await openSpool();
    expect(seqs(spool)).toEqual(numbers(1, 12));
    expect(entry(spool, first)?.dropped).toEqual({});
  });

  it('needs no cursor: it sends everything that is there again', async () => {
    const before = await openSpool();
    await fill(before, first, 5);
    await before.acknowledge([...before.backlog].slice(0, 2));
    for (const act of [
      () => rm(path.join(directory, 'cursor.json')),
      () => writeFile(path.join(directory, 'cursor.json'), ''),
    ]) {
      await act();
      const spool = await openSpool();
      expect(seqs(spool)).toEqual(numbers(1, 5));
      expect(entry(spool, first)).toEqual({ epoch: first, collected: 5, dropped: {} });
    }
  });

  it('counts a segment that is gone as lost, once', async () => {
    const before = await openSpool({ segmentBytes: 600 });
    await fill(before, first, 6);
    const [, middle = ''] = await segmentFiles();
    const lost = scanSegment(await readFile(middle)).records.filter(({ header }) => header.kind === 'block').length;
    await rm(middle);
    for (const run of [1, 2]) {
      const spool = await openSpool();
      expect(entry(spool, first)).toEqual({ epoch: first, collected: 6, dropped: { lost_spool: lost } });
      expect([...spool.backlog].filter(({ epoch }) => epoch === first)).toHaveLength(6 - lost);
      await spool.append(tick(run === 1 ? second : 'd'.repeat(32), 1));
      await spool.acknowledge([...spool.backlog].slice(-1));
    }
  });
});

describe('damage', () => {
  it('to the tail, cut at every byte, costs the last tick alone', async () => {
    const before = await openSpool();
    await fill(before, first, 3);
    const [file = ''] = await segmentFiles();
    const whole = await readFile(file);
    const last = scanSegment(whole).records.at(-1)?.offset ?? 0;
    for (let length = last; length < whole.length; length++) {
      await writeFile(file, whole);
      await truncate(file, length);
      const spool = await openSpool();
      expect(seqs(spool)).toEqual([1, 2]);
      const reason = length === last ? 'lost_spool' : 'corrupt_record';
      expect(entry(spool, first)).toEqual({ epoch: first, collected: 3, dropped: { [reason]: 1 } });
    }
  });

  it('of one bit, anywhere in a record, costs that tick alone and is counted', async () => {
    const before = await openSpool();
    await fill(before, first, 3);
    const [file = ''] = await segmentFiles();
    const whole = await readFile(file);
    const blocks = scanSegment(whole).records.filter(({ header }) => header.kind === 'block');
    const [from = 0, to = 0] = [blocks[1]?.offset, blocks[2]?.offset];
    for (let at = from; at < to; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(file, damaged);
      const spool = await openSpool();
      expect(seqs(spool)).toEqual([1, 3]);
      expect(entry(spool, first)).toEqual({ epoch: first, collected: 3, dropped: { corrupt_record: 1 } });
    }
    await expectWholeBlocks(await openSpool());
  });

  it('is counted once, however often the spool is opened', async () => {
    const before = await openSpool();
    await fill(before, first, 3);
    const [file = ''] = await segmentFiles();
    await truncate(file, (await stat(file)).size - 1);
    for (const seq of [1, 2, 3]) {
      const spool = await openSpool();
      await spool.append(tick(second, seq));
      expect(entry(spool, first)).toEqual({ epoch: first, collected: 3, dropped: { corrupt_record: 1 } });
    }
  });

  it('that comes while the agent runs is found when the tick is read', async () => {
    const spool = await openSpool();
    await fill(spool, first, 3);
    const [file = ''] = await segmentFiles();
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expectWholeBlocks(spool);
    expect(seqs(spool)).toEqual([1, 2]);
    expect(entry(spool, first)?.dropped).toEqual({ corrupt_record: 1 });
  });
});

describe('bounds', () => {
  it('drops the oldest segments at the cap, counted, and stays below cap + one segment', async () => {
    const spool = await openSpool({ maxBytes: 10_000, segmentBytes: 2000 });
    await fill(spool, first, 100);
    const sizes = await Promise.all((await segmentFiles()).map(async (file) => (await stat(file)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12_000);
    const dropped = entry(spool, first)?.dropped.buffer_full ?? 0;
    expect(dropped).toBeGreaterThan(0);
    expect(seqs(spool)).toEqual(numbers(dropped + 1, 100));
    await expectWholeBlocks(spool);
  });

  it('keeps the account of what it dropped over a restart', async () => {
    const before = await openSpool({ maxBytes: 10_000, segmentBytes: 2000 });
    await fill(before, first, 100);
    const spool = await openSpool({ maxBytes: 10_000, segmentBytes: 2000 });
    const dropped = entry(spool, first)?.dropped.buffer_full ?? 0;
    expect(dropped + spool.backlog.ticks).toBe(100);
  });

  it('does not call dropped what a push has under way', async () => {
    const spool = await openSpool({ maxBytes: 10_000, segmentBytes: 2000 });
    await spool.append(tick(first, 1));
    const [oldest] = spool.backlog;
    if (oldest !== undefined) oldest.inFlight = true;
    for (let seq = 2; seq <= 60; seq++) await spool.append(tick(first, seq));
    expect(seqs(spool)).toEqual(numbers(1, 60));
    if (oldest !== undefined) oldest.inFlight = false;
    await spool.append(tick(first, 61));
    expect(seqs(spool)[0]).toBeGreaterThan(1);
  });

  it('drops what is too old, counted', async () => {
    const spool = await openSpool({ maxAgeMs: 60_000 });
    await fill(spool, first, 4);
    nowMs = startMs + 90_000;
    await spool.append(tick(first, 5));
    expect(entry(spool, first)).toEqual({ epoch: first, collected: 5, dropped: { too_old: 2 } });
    expect(seqs(spool)).toEqual([3, 4, 5]);
  });

  it('removes segments as they are acknowledged', async () => {
    const spool = await openSpool({ segmentBytes: 600 });
    await fill(spool, first, 12);
    await spool.acknowledge([...spool.backlog]);
    expect(await segmentFiles()).toHaveLength(1);
  });
});

describe('a disk that takes nothing', () => {
  it('leaves the ticks in memory, bounded, with a problem, and is used again once it works', async () => {
    await rm(directory, { recursive: true });
    await writeFile(directory, 'a file where the directory should be');
    const spool = await openSpool({ memoryBytes: 1000 });
    await fill(spool, first, 7);
    expect(problems.list()).toEqual([expect.objectContaining({ reason: 'SpoolUnwritable', sinceMs: nowMs })]);
    expect(seqs(spool)).toEqual(numbers(3, 7));
    expect(entry(spool, first)).toEqual({ epoch: first, collected: 7, dropped: { buffer_full: 2 } });
    await expectWholeBlocks(spool);
    expect(await spool.named(new Set([nodeHash, roster.hash]), [...spool.backlog])).toEqual({
      descriptions: new Map([[nodeHash, node]]),
      rosters: new Map([[roster.hash, roster.bytes]]),
    });

    await rm(directory);
    await spool.append(tick(first, 8));
    expect(problems.list()).toEqual([]);
    expect([...spool.backlog].at(-1)?.place.kind).toBe('disk');
    await expectWholeBlocks(spool);
  });

  it('has lost what only memory held when the agent is killed, and counts it, once', async () => {
    // Each tick needs a segment of its own; the names of some are taken.
    const spool = await openSpool({ segmentBytes: 1 });
    for (const number of [2, 3, 4]) await mkdir(path.join(directory, `segment-000000000${number}.log`));
    await fill(spool, first, 4);
    expect([...spool.backlog].map(({ place }) => place.kind)).toEqual(['disk', 'memory', 'memory', 'memory']);
    await spool.acknowledge([...spool.backlog].filter(({ seq }) => seq <= 2));
    const after = await openSpool({ segmentBytes: 1 });
    expect(seqs(after)).toEqual([]);
    expect(entry(after, first)).toEqual({ epoch: first, collected: 4, dropped: { lost_spool: 2 } });
    await after.append(tick(second, 1));
    expect(entry(await openSpool(), first)).toEqual({ epoch: first, collected: 4, dropped: { lost_spool: 2 } });
  });

  it('has not lost what only memory held and was acknowledged before an older tick, however often it is killed', async () => {
    const spool = await openSpool({ segmentBytes: 1 });
    for (const number of [2, 3]) await mkdir(path.join(directory, `segment-000000000${number}.log`));
    await fill(spool, first, 4);
    expect([...spool.backlog].map(({ place }) => place.kind)).toEqual(['disk', 'memory', 'memory', 'disk']);
    await spool.acknowledge([...spool.backlog].filter(({ seq }) => seq === 2));
    for (const isAgain of [false, true]) {
      const after = await openSpool({ segmentBytes: 1 });
      expect(seqs(after)).toEqual([1, 4]);
      expect(entry(after, first)).toEqual({ epoch: first, collected: 4, dropped: { lost_spool: 1 } });
      // Writes the cursor anew.
      if (!isAgain) await after.acknowledge([]);
    }
  });
});
