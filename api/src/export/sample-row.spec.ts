import { describe, expect, it } from '@jest/globals';
import { blockOf, epochB, podDescription, podHash } from '../testing/blocks.ts';
import { sampleRows, SeenSamples } from './sample-row.ts';

const span = { fromMs: 10_000, toMs: 30_000 };
const none = new Map();

const timesOf = (...given: Parameters<typeof sampleRows>): unknown[] =>
  [...sampleRows(...given)].map(({ entity, timeMs }) => [entity.key, timeMs]);

describe('the rows of blocks', () => {
  it('are those of the ticks in the span, at their sample times', () => {
    const block = blockOf({ seq: 1, tickTimes: [9_999, 10_000, 29_999, 30_000] });
    expect(timesOf([block], none, span, new SeenSamples())).toEqual([
      ['node', 9_500],
      ['node', 29_499],
      ['pod-1/web', 9_500],
      ['pod-1/web', 29_499],
    ]);
  });

  it('have a sample that two epochs saw once, also across two reads, before the span or in it', () => {
    const seen = new SeenSamples();
    const one = blockOf({ seq: 1, tickTimes: [9_000, 20_000] });
    const other = blockOf({ epoch: epochB, seq: 1, tickTimes: [9_000, 20_000, 21_000] });
    expect(timesOf([one], none, span, seen)).toHaveLength(2);
    seen.next();
    expect(timesOf([other], none, span, seen)).toEqual([
      ['node', 20_500],
      ['pod-1/web', 20_500],
    ]);
  });

  it('leave what a block has behind the span to the span that comes next', () => {
    const seen = new SeenSamples();
    const block = blockOf({ seq: 1, tickTimes: [20_000, 30_000] });
    const first = timesOf([block], none, span, seen);
    seen.next();
    const second = timesOf([block], none, { fromMs: 30_000, toMs: 40_000 }, seen);
    expect([first.length, second]).toEqual([
      2,
      [
        ['node', 29_500],
        ['pod-1/web', 29_500],
      ],
    ]);
  });

  it('know that another start is another series', () => {
    const blocks = [
      blockOf({ seq: 1, tickTimes: [20_000] }),
      blockOf({ seq: 2, tickTimes: [20_000], runtimeId: 'run-2' }),
    ];
    expect(timesOf(blocks, none, span, new SeenSamples())).toHaveLength(3);
  });

  it('have the names that descriptions give', () => {
    const block = blockOf({ seq: 1, tickTimes: [20_000], described: true });
    const described = { ...block, groups: block.groups.map((group) => ({ ...group, entity: 1 })) };
    const [row] = sampleRows([described], new Map([[podHash, podDescription]]), span, new SeenSamples());
    expect(row).toMatchObject({
      namespace: 'shop',
      pod: 'web-1',
      container: undefined,
      workload: { kind: 'Pod', name: 'web-1' },
    });
  });
});
