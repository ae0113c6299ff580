import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Block } from '../block.ts';
import type { MetricName } from '../metrics.ts';
import { metricByName } from '../metrics.ts';
import { decodeBlock } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { nodeZstd } from './testing/node-zstd.ts';

/** A line a second: unix ms, and for each of 19 cgroups of one machine the values of the metrics below. */
const lines = gunzipSync(readFileSync(new URL('../../testdata/sixty-seconds.jsonl.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line) => z.tuple([z.number(), z.array(z.array(z.number()))]).parse(JSON.parse(line)));

/** In the order of the lines; the names tell the value's unit, and page faults stand in for counts of their kind. */
const names: readonly MetricName[] = [
  'cpuUsageMicros',
  'cpuUserMicros',
  'cpuSystemMicros',
  'rssBytes',
  'workingSetBytes',
  'mappedFileBytes',
  'cacheBytes',
  'memoryFailures',
  'oomEvents',
  'networkReceivedBytes',
  'networkTransmittedBytes',
  'networkReceivedPackets',
  'networkTransmittedPackets',
  'diskReadBytes',
  'diskWrittenBytes',
  'threads',
  'fileDescriptors',
];

/** The first seconds as one block, with ages of 0 and short keys: what is measured is the columns. */
function realBlock(seconds: number): Block {
  const used = lines.slice(0, seconds);
  const cgroups = used[0]?.[1].length ?? 0;
  const column = (cgroup: number, name: MetricName, i: number) => ({
    metric: metricByName(name)?.id ?? 0,
    values: Float64Array.from(used, ([, rows]) => Math.round((rows[cgroup]?.[i] ?? NaN) / (i < 3 ? 1000 : 1))),
  });
  return {
    epoch: '00112233445566778899aabbccddeeff',
    firstSeq: 1,
    intervalMs: 1000,
    tickTimes: used.map(([time]) => time),
    entities: Array.from({ length: cgroups }, (_, i) => {
      return { kind: 'container', key: `c${i}`, runtimeId: '', startedAtMs: 0, description: '' };
    }),
    groups: Array.from({ length: cgroups }, (_, i) => ({
      entity: i,
      kind: 'cgroup',
      ages: new Float64Array(seconds),
      columns: names.map((name, at) => column(i, name, at)).sort((a, b) => a.metric - b.metric),
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
