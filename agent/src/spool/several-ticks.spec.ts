import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import type { CollectedTick } from './active-segment.ts';
import { Spool } from './spool.ts';

const epoch = 'e'.repeat(32);
const startMs = 1_795_491_265_000;
const quiet = createLog('error', () => undefined, Date.now);
const ticks = 60;

let directory: string;
let opened: Spool[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'docksnap-spool-'));
  opened = [];
});

/** Only now, so that a spool which another one follows is left as a killed agent leaves it. */
afterEach(async () => {
  for (const spool of opened) await spool.close();
  await rm(directory, { recursive: true, force: true });
});

/** The n-th block of a minute of one-second ticks, from 0. */
function minute(n: number): CollectedTick {
  return {
    epoch,
    seq: n * ticks + 1,
    ticks,
    tickMs: startMs + n * 60_000,
    bytes: Buffer.alloc(200, n),
    descriptions: new Map(),
    roster: { hash: 'a'.repeat(32), bytes: Buffer.from('roster') },
  };
}

async function openSpool(options: { maxBytes?: number; maxAgeMs?: number; wallMs?: number } = {}): Promise<Spool> {
  const { maxBytes = 1_000_000, maxAgeMs = 86_400_000, wallMs = startMs } = options;
  const bounds = { directory, maxBytes, maxAgeMs, segmentBytes: 700, memoryBytes: 1_000_000 };
  const spool = new Spool(bounds, () => wallMs, new Problems(Date.now, quiet), quiet);
  opened.push(spool);
  await spool.open();
  return spool;
}

async function filled(minutes: number): Promise<Spool> {
  const spool = await openSpool();
  for (let n = 0; n < minutes; n++) await spool.append(minute(n));
  return spool;
}

describe('a block of several ticks in the spool', () => {
  it('counts as so many, now and after a restart', async () => {
    for (const spool of [await filled(3), await openSpool()]) {
      expect(spool.backlog.ticks).toBe(3 * ticks);
      expect([...spool.backlog].map(({ seq, ticks: count }) => [seq, count])).toEqual([1, 61, 121].map((s) => [s, 60]));
      expect(spool.ledger.entries()).toEqual([{ epoch, collected: 180, dropped: {} }]);
    }
  });

  it('is lost as so many, each once', async () => {
    await filled(9);
    const [, second = ''] = (await readdir(directory)).filter((name) => !name.startsWith('cursor')).sort();
    await rm(path.join(directory, second));
    const { dropped, collected } = (await openSpool()).ledger.entries()[0] ?? {};
    expect(collected).toBe(540);
    expect((dropped?.lost_spool ?? 0) % ticks).toBe(0);
    expect(dropped?.lost_spool).toBeGreaterThan(0);
  });

  it('that is damaged is lost as so many', async () => {
    await filled(2);
    const [only = ''] = (await readdir(directory)).filter((name) => !name.startsWith('cursor'));
    const file = path.join(directory, only);
    const bytes = await readFile(file);
    bytes.writeUInt8(0xff, bytes.length - 1);
    await writeFile(file, bytes);
    expect((await openSpool()).ledger.entries()).toEqual([{ epoch, collected: 120, dropped: { corrupt_record: 60 } }]);
  });

  it('that is too old is dropped as so many', async () => {
    await filled(1);
    const spool = await openSpool({ maxAgeMs: 60_000, wallMs: startMs + 3_600_000 });
    await spool.append({ ...minute(60), seq: 61 });
    expect(spool.ledger.entries()).toEqual([{ epoch, collected: 120, dropped: { too_old: 60 } }]);
    expect(spool.backlog.ticks).toBe(60);
  });
});
