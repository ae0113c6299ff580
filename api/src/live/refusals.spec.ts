import { describe, expect, it } from '@jest/globals';
import { Refusals, toldMs } from './refusals.ts';

const refusal = { reason: 'AgentCloned', message: 'two agents push', pushes: 1 } as const;

describe('what was refused of a node', () => {
  it('is told with the number of pushes and since when, for three minutes after the last', () => {
    const refusals = new Refusals();
    expect(refusals.problems(0)).toEqual([]);
    refusals.hear(refusal, 1000);
    refusals.hear({ ...refusal, pushes: 2 }, 61_000);
    const told = [{ reason: 'AgentCloned', message: 'two agents push; 3 pushes were refused', sinceMs: 1000 }];
    expect(refusals.problems(61_000 + toldMs)).toEqual(told);
    expect(refusals.problems(61_001 + toldMs)).toEqual([]);
  });

  it('begins anew after a pause, and is told apart by reason', () => {
    const refusals = new Refusals();
    refusals.hear(refusal, 0);
    refusals.hear(refusal, toldMs + 1);
    refusals.hear({ ...refusal, reason: 'AgentOverLimit', message: 'too many' }, toldMs + 2);
    expect(refusals.problems(toldMs + 2)).toEqual([
      { reason: 'AgentCloned', message: 'two agents push; 1 push was refused', sinceMs: toldMs + 1 },
      { reason: 'AgentOverLimit', message: 'too many; 1 push was refused', sinceMs: toldMs + 2 },
    ]);
  });
});
