import { copyFile, cp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLog } from '../../../agent/src/log.ts';
import { Problems } from '../../../agent/src/problems.ts';
import { decodeHeader, encodeRecord, scanSegment } from '../../../agent/src/spool/record.ts';
import { Spool } from '../../../agent/src/spool/spool.ts';
import type { Row } from '../drill.ts';
import { ledgerRows } from './account.ts';
import type { DrilledNode } from './drilled-node.ts';
import type { Site } from './site.ts';

const backlogTicks = 8;
const cursorFile = 'cursor.json';

/** D5: the last record cut at each of its bytes; only it is lost. */
export async function torn(site: Site): Promise<Row[]> {
  const rows: Row[] = [];
  const node = await damaged(site, 'd5-torn', async (spool) => {
    const { file, bytes } = await lastSegment(spool);
    const last = scanSegment(bytes).records.at(-1);
    if (last === undefined) throw new Error('the spool has no record');
    rows.push(await cutEverywhere(spool, file, { from: last.offset, to: bytes.length }));
    await truncate(join(spool, file), last.offset + Math.ceil((bytes.length - last.offset) / 2));
  });
  return [...rows, ...(await ledgerRows('D5 torn tail', node, { dropped: { corrupt_record: 1 } }))];
}

/** Opens a copy of the spool that ends at each byte of the last record. */
async function cutEverywhere(spool: string, file: string, { from, to }: { from: number; to: number }): Promise<Row> {
  const copy = `${spool}-cut`;
  await cp(spool, copy, { recursive: true });
  const whole = await ticksIn(copy);
  const wrong: number[] = [];
  for (let end = from; end < to; end++) {
    await copyFile(join(spool, file), join(copy, file));
    await truncate(join(copy, file), end);
    if ((await ticksIn(copy)) !== whole - 1) wrong.push(end);
  }
  await rm(copy, { recursive: true });
  const step = `D5 cut at each of ${to - from} bytes of the last record: cuts that cost more or less than it`;
  return { step, expected: '0', found: String(wrong.length) };
}

async function ticksIn(directory: string): Promise<number> {
  const options = { directory, maxBytes: 2 ** 30, maxAgeMs: 86_400_000, segmentBytes: 2 ** 22, memoryBytes: 2 ** 23 };
  const log = createLog('error', () => undefined, Date.now);
  const spool = new Spool(options, Date.now, new Problems(Date.now, log), log);
  await spool.open();
  return spool.backlog.ticks;
}

/** D6: one bit in the middle of a record in the middle. */
export async function flipped(site: Site): Promise<Row[]> {
  const node = await damaged(site, 'd6-flipped', async (spool) => {
    const { file, bytes } = await lastSegment(spool);
    const blocks = scanSegment(bytes).records.filter(({ header }) => header.kind === 'block');
    const middle = blocks[Math.floor(blocks.length / 2)];
    if (middle === undefined || decodeHeader(bytes, middle.offset) === undefined) throw new Error('no record to flip');
    await flip(join(spool, file), middle.offset + Math.floor(middle.header.length / 2));
  });
  return ledgerRows('D6 flipped bit', node, { dropped: { corrupt_record: 1 } });
}

/** D7: the cursor deleted, and zeroed. */
export async function cursorGone(site: Site): Promise<Row[]> {
  const deleted = await damaged(site, 'd7-deleted', (spool) => rm(join(spool, cursorFile)));
  const zeroed = await damaged(site, 'd7-zeroed', (spool) => truncate(join(spool, cursorFile), 0));
  return [...(await ledgerRows('D7 deleted cursor', deleted)), ...(await ledgerRows('D7 zeroed cursor', zeroed))];
}

/** D30: a tick that the API can never take, among others: it is given up and counted, and the next ones arrive. */
export async function rejected(site: Site): Promise<Row[]> {
  const node = await damaged(site, 'd30-rejected', async (spool) => {
    const { file, bytes } = await lastSegment(spool);
    const blocks = scanSegment(bytes).records.filter(({ header }) => header.kind === 'block');
    const middle = blocks[Math.floor(blocks.length / 2)];
    if (middle === undefined) throw new Error('no record to replace');
    const { header, offset } = middle;
    // Whole for the spool, no block for the API.
    const payload = Buffer.alloc(header.length, 'no block');
    const record = encodeRecord({ ...header, payload });
    record.copy(bytes, offset);
    await writeFile(join(spool, file), bytes);
  });
  return ledgerRows('D30 a tick that can never be stored', node, { dropped: { rejected: 1 } });
}

/** An agent that ends with a backlog, what is done to its spool, and the next one that sends what is left. */
async function damaged(site: Site, name: string, harm: (spool: string) => Promise<void>): Promise<DrilledNode> {
  const node = await site.node(name);
  const first = await node.agent();
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  await site.toxiproxy.refuse(node.name);
  await node.collect(backlogTicks);
  await first.end('SIGTERM');
  await harm(node.spool);
  await site.toxiproxy.restore();
  const second = await node.agent();
  await node.collect(2);
  await node.drained();
  await second.end('SIGTERM');
  return node;
}

async function lastSegment(spool: string): Promise<{ file: string; bytes: Buffer }> {
  const file = (await readdir(spool))
    .filter((name) => name.endsWith('.log'))
    .sort()
    .at(-1);
  if (file === undefined) throw new Error(`${spool} has no segment`);
  return { file, bytes: await readFile(join(spool, file)) };
}

async function flip(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  } finally {
    await file.close();
  }
}
