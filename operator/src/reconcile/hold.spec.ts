import { describe, expect, it } from '@jest/globals';
import { heldFor, holdMessage } from './hold.ts';

const nowMs = Date.parse('2026-01-01T01:00:00Z');
const now = { destination: 'd', template: 't' };
const other = { destination: 'd', template: 'u' };
const busy = [
  { node: 'node2', ticks: 400 },
  { node: 'node1', ticks: 4 },
  { node: 'node3', ticks: 3 },
];

function held(change: Partial<Parameters<typeof heldFor>[0]>) {
  const usual = { wanted: other, present: now, isRolling: true, backlogs: busy, isAnyFailing: false };
  return heldFor({ ...usual, reconciled: undefined, nowMs, ...change });
}

const heldSince = (minutesAgo: number, reason = 'RolloutHeld') => ({
  type: 'Reconciled',
  status: 'False' as const,
  reason,
  message: '',
  lastTransitionTime: new Date(nowMs - minutesAgo * 60_000).toISOString(),
  observedGeneration: 1,
});

describe('a changed template', () => {
  it.each([
    ['waits for nodes that report and have a backlog', {}, ['node1', 'node2']],
    ['does not wait when nothing changed', { wanted: now }, undefined],
    ['does not wait for ticks that are just under way', { backlogs: [{ node: 'n', ticks: 3 }] }, undefined],
    ['does not wait when the destination changes', { wanted: { ...other, destination: 'e' } }, undefined],
    ['does not wait when an agent fails, for it may be the cure', { isAnyFailing: true }, undefined],
    ['does not wait when pods are replaced by hand', { isRolling: false }, undefined],
    ['does not wait when it is not known what is there', { present: undefined }, undefined],
    ['goes on waiting for ten minutes', { reconciled: heldSince(9.9) }, ['node1', 'node2']],
    ['and no longer', { reconciled: heldSince(10) }, undefined],
    ['begins to wait whatever failed before', { reconciled: heldSince(60, 'Forbidden') }, ['node1', 'node2']],
  ])('%s', (_sentence, change, expected) => {
    expect(held(change)).toEqual(expected);
  });

  it('says for whom it waits, how long at most, and what to do', () => {
    const message = holdMessage(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(message).toContain('a, b, c, d, e and 2 more');
    expect(message).toContain('10 minutes at most');
    expect(message).toContain('OnDelete');
  });
});
