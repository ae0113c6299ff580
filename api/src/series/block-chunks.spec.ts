import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { readConfig } from '../config.ts';
import type { LiveNode, LiveNodes } from '../live/live-nodes.ts';
import { TestClock } from '../testing/test-clock.ts';
import { BlockChunks } from './block-chunks.ts';
import { NEVER } from 'rxjs';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.UTC(2026, 10, 24, 12);
const config = readConfig({ DOCKSNAP_MONGODB_URI: 'mongodb://database/', DOCKSNAP_RETENTION_HOURS: '24' });
const unknown: LiveNodes = { all: (): LiveNode[] => [], get: () => undefined, ticks: NEVER, accepted: NEVER };
/** The margin of a node whose interval is not known. */
const marginMs = 15 * minuteMs;

/** Which ranges are asked for, in minutes from now, when the store answers or is away. */
async function ranges(fromMs: number, toMs: number, storeIsAway = false): Promise<(readonly [number, number])[]> {
  const asked: (readonly [number, number])[] = [];
  const reader = {
    read: async (_node: string, from: number, to: number) => {
      asked.push([(from - nowMs) / minuteMs, (to - nowMs) / minuteMs]);
      return Promise.resolve({
        blocks: [] as Block[],
        partial: storeIsAway && from < nowMs - marginMs ? 'away' : null,
      });
    },
  };
  const steps = { fromMs, stepMs: minuteMs, count: (toMs - fromMs) / minuteMs };
  const chunks = new BlockChunks(unknown, reader, new TestClock(nowMs), config);
  await chunks.read('n', steps, new Set(), () => undefined);
  return asked;
}

describe('BlockChunks', () => {
  it('reads a range with what may reach into it, half an hour at a time', async () => {
    expect(await ranges(nowMs - 2 * hourMs, nowMs - hourMs)).toEqual([
      [-135, -105],
      [-105, -75],
      [-75, -45],
    ]);
  });

  it('reads nothing older than what is kept, and nothing of the future', async () => {
    const asked = await ranges(0, nowMs + 1000 * hourMs);
    expect(asked[0]?.[0]).toBe(-24 * 60);
    expect(asked.at(-1)?.[1]).toBe(15);
    expect(asked).toHaveLength(49);
  });

  it('asks a store that is away once, and memory for the rest', async () => {
    expect(await ranges(nowMs - 12 * hourMs, nowMs, true)).toEqual([
      [-735, -705],
      [-15, 15],
    ]);
  });
});
