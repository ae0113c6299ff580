import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { MetricName } from '../../metrics.ts';

/** In the order of a recording; names tell the unit, and page faults stand in for counts of their kind. */
export const recordedMetrics: readonly MetricName[] = [
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
/** CPU was recorded in nanoseconds. */
const inNanoseconds = 3;

const lineSchema = z.tuple([z.number(), z.array(z.array(z.number()))]);

export interface RecordedSecond {
  readonly timeMs: number;
  /** For each cgroup of the machine its values, in the order and the units of recordedMetrics. */
  readonly cgroups: readonly (readonly number[])[];
}

/** A recording: gzipped, a line of JSON a second: unix ms, then a list of values for each cgroup. */
export function recordedSeconds(file: string | URL): readonly RecordedSecond[] {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  return lines.map((line) => {
    const [timeMs, cgroups] = lineSchema.parse(JSON.parse(line));
    return { timeMs, cgroups: cgroups.map((values) => values.map(inStoredUnit)) };
  });
}

function inStoredUnit(value: number, at: number): number {
  return Math.round(at < inNanoseconds ? value / 1000 : value);
}
