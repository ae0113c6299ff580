import { expect, it } from '@jest/globals';
import { onceFull } from './once-full.ts';

it('a job has its first turn when memory was read back', async () => {
  const memory = { isReady: false };
  let turns = 0;
  const turn = onceFull(memory, async () => {
    turns += 1;
    return Promise.resolve();
  });
  await turn();
  expect(turns).toBe(0);
  memory.isReady = true;
  await turn();
  expect(turns).toBe(1);
});
