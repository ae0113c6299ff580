import { describe, expect, it } from '@jest/globals';
import { mergeBlocks } from '@docksnap/contract/codec';
import fc from 'fast-check';
import type { Steps } from './steps.ts';
import { blocksOf, type Row, type TickRows, tracksOf } from './testing/blocks.ts';

const memory = 2;
const tickMs = 10_000;
const epoch = 'a'.repeat(32);

/** What is listed at a tick: which of three containers, and how often each of them has started by then. */
const tick = fc.record({
  listed: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  startsAnew: fc.boolean(),
  /** The node's agent was silent for a while before. */
  pause: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) }),
});

function ticksOf(given: readonly { listed: readonly boolean[]; startsAnew: boolean; pause: number }[]): TickRows[] {
  let at = 0;
  let startedAtMs = 0;
  return given.map(({ listed, startsAnew, pause }) => {
    at += tickMs * (1 + pause);
    if (startsAnew) startedAtMs = at - 4000;
    const rows = listed.flatMap((isListed, index): Row[] => {
      const key = `pod/${index}`;
      return isListed ? [{ key, runtimeId: `${key}@${startedAtMs}`, startedAtMs, values: { [memory]: 100 } }] : [];
    });
    return { at, rows: [{ key: 'node', kind: 'node' as const, values: { [memory]: 1 } }, ...rows], epoch };
  });
}

/** By hand: the time of each step in which a key was not there, from one tick to the next. */
function absentByHand(ticks: readonly TickRows[], key: string, steps: Steps): number[] {
  const absent = Array<number>(steps.count).fill(0);
  const rowAt = (tick: TickRows | undefined): Row | undefined => tick?.rows.find((row) => row.key === key);
  for (const [index, tick] of ticks.entries()) {
    const before = ticks[index - 1];
    const isWatched = before !== undefined && tick.at - before.at <= 45_000;
    if (!isWatched || rowAt(before) !== undefined) continue;
    addSeconds(absent, steps, before.at, Math.min(tick.at, rowAt(tick)?.startedAtMs ?? tick.at));
  }
  return absent;
}

function addSeconds(absent: number[], { fromMs, stepMs }: Steps, sinceMs: number, untilMs: number): void {
  for (let ms = sinceMs; ms < untilMs; ms += 1000) {
    const step = Math.floor((ms - fromMs) / stepMs);
    const time = absent[step];
    if (time !== undefined) absent[step] = time + 1000;
  }
}

describe('Presence', () => {
  const steps: Steps = { fromMs: 60_000, stepMs: 30_000, count: 12 };
  const metrics = new Set([memory]);

  it('knows when who was not there, whether ticks come one by one or merged', () => {
    fc.assert(
      fc.property(fc.array(tick, { minLength: 1, maxLength: 60 }), (given) => {
        const ticks = ticksOf(given);
        const blocks = blocksOf(ticks);
        for (const track of tracksOf(blocks, steps, metrics)) {
          expect([...track.absentMs]).toEqual(absentByHand(ticks, track.key, steps));
        }
        const byKey = (tracks: ReturnType<typeof tracksOf>) => tracks.toSorted((a, b) => (a.key < b.key ? -1 : 1));
        expect(byKey(tracksOf(mergeBlocks(blocks), steps, metrics))).toEqual(byKey(tracksOf(blocks, steps, metrics)));
      }),
    );
  });
});
