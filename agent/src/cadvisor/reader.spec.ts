import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RowDrops } from '../exposition/row-drops.ts';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import type { MachineServer } from '../testing/machine-server.ts';
import { recordedMs, startMachine } from '../testing/machine-server.ts';
import { CadvisorClient } from './client.ts';
import { SampleReader } from './reader.ts';

const quiet = createLog('error', () => undefined, Date.now);

let cadvisor: MachineServer;
let client: CadvisorClient;
let reader: SampleReader;

beforeEach(async () => {
  cadvisor = await startMachine();
  client = new CadvisorClient(cadvisor.url);
  reader = new SampleReader({ client, problems: new Problems(Date.now, quiet), drops: new RowDrops() });
});

afterEach(async () => {
  client.close();
  await cadvisor.close();
});

/** Times of the machine's samples that a read for tickMs brings at the moment nowMs. */
async function readAt(tickMs: number, nowMs: number): Promise<readonly number[]> {
  cadvisor.nowMs = nowMs;
  const { placed } = await reader.read(['/'], { tickMs, agoMs: nowMs - tickMs }, AbortSignal.timeout(20_000));
  return (placed.get('/') ?? []).flatMap((sample) => (sample === undefined ? [] : [sample.sampleMs]));
}

describe('the samples of a read', () => {
  it.each([0, 20_000])('are the same when it is %d ms late, and none comes twice', async (lateMs) => {
    const { last } = recordedMs;
    const reads: (readonly number[])[] = [];
    for (const tickMs of [last - 40_000, last - 30_000, last - 20_000]) {
      reads.push(await readAt(tickMs, tickMs + lateMs));
    }
    const times = reads.flat();
    expect(new Set(times).size).toBe(times.length);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(3000);
    expect(times.at(-1)).toBeGreaterThan(last - 23_000);
  });
});
