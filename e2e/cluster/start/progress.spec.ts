import { describe, expect, it } from '@jest/globals';
import { duration, runSteps } from './progress.ts';

describe('duration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [525, '8 min 45 s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('runSteps', () => {
  const screen = (): { isTTY: boolean; lines: string[]; write: (text: string) => void } => {
    const lines: string[] = [];
    return { isTTY: false, lines, write: (text) => void lines.push(text) };
  };

  it('says first how long all will take, then does one after the other', async () => {
    const shown = screen();
    const done: string[] = [];
    const step = (name: string) => ({
      name,
      expectedSeconds: 40,
      run: async () => void done.push(await Promise.resolve(name)),
    });
    await runSteps([step('first'), step('second')], shown);
    expect(done).toEqual(['first', 'second']);
    expect(shown.lines[0]).toBe('2 steps, about 1 min 20 s\n');
    expect(shown.lines.join('')).toContain('[ 2/2] second: done in 0 s');
  });

  it('stops at the step that fails, and says so', async () => {
    const shown = screen();
    const done: string[] = [];
    const steps = [
      { name: 'breaks', expectedSeconds: 1, run: () => Promise.reject(new Error('no disk')) },
      { name: 'never', expectedSeconds: 1, run: async () => void done.push(await Promise.resolve('never')) },
    ];
    await expect(runSteps(steps, shown)).rejects.toThrow('no disk');
    expect(done).toEqual([]);
    expect(shown.lines.join('')).toContain('breaks: failed after 0 s');
  });
});
