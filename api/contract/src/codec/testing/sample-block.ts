import type { Block } from '../../block.ts';

/** A block of two ticks: a container with a resource group, its node with a cgroup group that missed the first tick. */
export const sampleBlock: Block = {
  epoch: '00112233445566778899aabbccddeeff',
  firstSeq: 7,
  intervalMs: 10_000,
  tickTimes: [1_790_000_000_000, 1_790_000_010_003],
  entities: [
    { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: '' },
    {
      kind: 'container',
      key: '6f1c2b1e-58a5-4d0f-9f0b-1d2c3b4a5968/web',
      runtimeId: 'c0ffee'.repeat(10) + 'beef',
      startedAtMs: 1_789_999_000_000,
      description: '0123456789abcdef0123456789abcdef',
    },
  ],
  groups: [
    {
      entity: 1,
      kind: 'resource',
      ages: Float64Array.of(1200, 3500),
      columns: [
        { metric: 1, values: Float64Array.of(5_000_000, 5_250_000) },
        { metric: 2, values: Float64Array.of(40_960_000, NaN) },
      ],
    },
    {
      entity: 0,
      kind: 'cgroup',
      ages: Float64Array.of(NaN, -40),
      columns: [{ metric: 20, values: Float64Array.of(NaN, 123_456_789) }],
    },
  ],
};
