import { describe, expect, it } from '@jest/globals';
import type { Block } from '../block.ts';
import type { MetricName } from '../metrics.ts';
import { metricByName } from '../metrics.ts';
import { decodeBlock } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { recordedMetrics, recordedSeconds } from './testing/recording.ts';

const lines = recordedSeconds(new URL('../../testdata/sixty-seconds.jsonl.gz', import.meta.url));

/** The first seconds as one block, with ages of 0 and short keys: what is measured is the columns. */
function realBlock(seconds: number): Block {
  const used = lines.slice(0, seconds);
  const cgroups = used[0]?.cgroups.length ?? 0;
  const column = (cgroup: number, name: MetricName, i: number) => ({
    metric: metricByName(name)?.id ?? 0,
    values: Float64Array.from(used, ({ cgroups: rows }) => rows[cgroup]?.[i] ?? NaN),
  });
  return {
    epoch: '00112233445566778899aabbccddeeff',
    firstSeq: 1,
    intervalMs: 1000,
    tickTimes: used.map(({ timeMs }) => timeMs),
    entities: Array.from({ length: cgroups }, (_, i) => {
      return { kind: 'container', key: `c${i}`, runtimeId: '', startedAtMs: 0, description: '' };
    }),
    groups: Array.from({ length: cgroups }, (_, i) => ({
      entity: i,
      kind: 'cgroup',
      ages: new Float64Array(seconds),
      columns: recordedMetrics.map((name, at) => column(i, name, at)).sort((a, b) => a.metric - b.metric),
    })),
  };
}

describe('real samples of one second take, in bytes for each,', () => {
  it.each([
    [60, 0.32],
    [6, 0.75],
    [1, 2.4],
  ])('in a block of %i ticks at most %f', (ticks, most) => {
    const block = realBlock(ticks);
    const bytes = encodeBlock(block, nodeZstd);
    expect(bytes.length / (19 * 17 * ticks)).toBeLessThan(most);
    expect(decodeBlock(bytes, nodeZstd)).toStrictEqual(block);
  });
});
