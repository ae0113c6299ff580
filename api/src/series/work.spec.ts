import { describe, expect, it } from '@jest/globals';
import { Problem } from '../problem/problem.ts';
import { Work } from './work.ts';

const bounds = { samplesPerQuery: 1000, pointsPerQuery: 100 };

function problemOf(act: () => void): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('nothing was refused');
}

describe('Work', () => {
  it('takes as much as is allowed, and not one more', () => {
    const work = new Work(undefined, bounds);
    work.took(1000, 1);
    work.holds(100);
    expect(
      problemOf(() => {
        work.took(1, 0);
      }).code,
    ).toBe('too_much_work');
    expect(
      problemOf(() => {
        work.holds(1);
      }).message,
    ).toContain('holds 101 points (series x steps) or more, more than 100');
  });

  it('says how much the whole would have been, of what it saw of it', () => {
    const work = new Work(undefined, bounds);
    work.plan(4);
    work.took(600, 0.5);
    const problem = problemOf(() => {
      work.took(600, 0.5);
    });
    expect(problem.getStatus()).toBe(422);
    expect(problem.details.members).toEqual({ asked: 4800, limit: 1000 });
    expect(problem.message).toContain('about 4800 samples, more than 1000; ask for');
  });

  it('ends with its request', () => {
    const gone = new AbortController();
    const work = new Work(gone.signal, bounds);
    work.took(1, 0.1);
    gone.abort(new Problem(499, 'cancelled', 'gone'));
    expect(
      problemOf(() => {
        work.took(1, 0.1);
      }).code,
    ).toBe('cancelled');
  });
});
