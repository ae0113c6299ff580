import { setTimeout as wait } from 'node:timers/promises';
import type { DrillRun, Row } from '../drill.ts';
import { StoreSystem } from './system.ts';

const frozenMs = 60_000;
const mebibyte = 1024 * 1024;
const mostMiB = 512;
/** What was asked before the database stopped may still be answered. */
const graceMs = 5000;
const diskMiB = 256;

/** The database frozen for a minute: 503, no false acknowledgement, pages are served, memory is bounded. */
export async function frozen({ folder, progress }: DrillRun): Promise<Row[]> {
  const system = await StoreSystem.start(folder, 'frozen');
  try {
    await system.statusOfNodes();
    system.database.freeze();
    await wait(graceMs);
    const [acknowledged, refused] = [system.acknowledged, system.answers(503)];
    progress('the database is frozen');
    await wait(frozenMs - graceMs);
    const during = [
      { step: 'acknowledged while frozen', expected: '0', found: String(system.acknowledged - acknowledged) },
      { step: 'answers 503 while frozen', expected: 'some', found: system.answers(503) > refused ? 'some' : 'none' },
      { step: 'a page of nodes while frozen', expected: '200', found: String(await system.statusOfNodes()) },
    ];
    system.database.thaw();
    progress('the database is thawed');
    return [...during, ...(await system.account()), await memory(system)];
  } finally {
    await system.stop();
  }
}

/** The database's disk full: 503, no false acknowledgement; when there is room again, all goes on. */
export async function full({ folder, progress }: DrillRun): Promise<Row[]> {
  const system = await StoreSystem.start(folder, 'full', diskMiB);
  try {
    await system.database.fillDisk();
    const before = system.answers(503);
    await system.until('pushes are refused', () => system.answers(503) > before + 3);
    progress(`the disk is full, ${system.acknowledged} ticks acknowledged`);
    await wait(graceMs);
    await system.database.freeDisk();
    const { acknowledged } = system;
    await system.until('ticks are acknowledged again', () => system.acknowledged > acknowledged);
    return [...(await system.account()), await memory(system)];
  } finally {
    await system.stop();
  }
}

async function memory(system: StoreSystem): Promise<Row> {
  const peak = (await system.peakBytes()) / mebibyte;
  const found = peak <= mostMiB ? `at most ${mostMiB} MiB` : `${peak.toFixed(0)} MiB`;
  return { step: 'memory of a replica', expected: `at most ${mostMiB} MiB`, found };
}
