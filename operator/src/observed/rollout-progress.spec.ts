import { expect, it } from '@jest/globals';
import { daemonSetSchema } from './objects.ts';
import { RolloutProgress } from './rollout-progress.ts';

const minute = 60_000;

function daemonSet(numberReady: number, generation = 1) {
  return daemonSetSchema.parse({
    metadata: { name: 'd', uid: 'u', resourceVersion: '1', generation, creationTimestamp: '' },
    status: { desiredNumberScheduled: 3, numberReady },
  });
}

it.each([
  ['counts that have just been seen are no stall', [[0, daemonSet(1)]], false],
  [
    'ten minutes without a change are',
    [
      [0, daemonSet(1)],
      [10, daemonSet(1)],
    ],
    true,
  ],
  [
    'one more agent that is ready begins anew',
    [
      [0, daemonSet(1)],
      [9, daemonSet(2)],
      [18, daemonSet(2)],
    ],
    false,
  ],
  [
    'so does a changed spec',
    [
      [0, daemonSet(1)],
      [9, daemonSet(1, 2)],
      [18, daemonSet(1, 2)],
    ],
    false,
  ],
] as const)('%s', (_sentence, seen, expected) => {
  const progress = new RolloutProgress();
  const said = seen.map(([minutes, found]) => progress.isStalled('ns/m', found, minutes * minute));
  expect(said.at(-1)).toBe(expected);
});
