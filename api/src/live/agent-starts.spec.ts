import { describe, expect, it } from '@jest/globals';
import { AgentStarts } from './agent-starts.ts';

const intervalMs = 10_000;
const aliveMs = 45_000;
const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(32)) as [string, string, string];

/** The starts after these were heard, each at its second. */
function heard(...pushes: readonly (readonly [epoch: string, atMs: number])[]): AgentStarts {
  const starts = new AgentStarts();
  for (const [epoch, atMs] of pushes) starts.hear(epoch, atMs, intervalMs);
  return starts;
}

describe('of the starts of a node', () => {
  it.each<[string, AgentStarts, string, number, number | null]>([
    ['one alone is the newest', heard([a, 0], [a, 10_000]), a, 20_000, null],
    ['one that nobody has heard of yet supersedes all', heard([a, 0], [b, 10_000]), c, 20_000, null],
    ['the newer of two is superseded by none', heard([a, 0], [b, 10_000]), b, 20_000, null],
    ['the older one is, while the newer one goes on', heard([a, 0], [b, 10_000]), a, 20_000, 10_000],
    [
      'the older one still is as long as the newer may be alive',
      heard([a, 0], [b, 10_000]),
      a,
      10_000 + aliveMs,
      10_000,
    ],
    ['and no longer than that', heard([a, 0], [b, 10_000]), a, 10_001 + aliveMs, null],
    ['one that goes on alone begins again', heard([a, 0], [b, 10_000], [a, 60_000]), a, 70_000, null],
    ['and supersedes the one that was gone', heard([a, 0], [b, 10_000], [a, 60_000]), b, 70_000, 60_000],
    ['it does not matter in which order they are heard', heard([b, 10_000], [a, 0]), a, 20_000, 10_000],
    ['of two at the same moment one is the newer, whoever looks', heard([b, 0], [a, 0]), a, 1000, 0],
  ])('%s', (_what, starts, epoch, nowMs, expected) => {
    expect(starts.supersededMs(epoch, nowMs)).toBe(expected);
  });

  it('64 are remembered', () => {
    const starts = heard([a, 0]);
    for (let n = 1; n < 64; n += 1) starts.hear(String(n), n, intervalMs);
    expect(starts.supersededMs(a, 100)).toBe(63);
    starts.hear('64', 64, intervalMs);
    expect(starts.supersededMs(a, 100)).toBeNull();
  });
});
