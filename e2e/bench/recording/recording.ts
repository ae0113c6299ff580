import { join } from 'node:path';
import type { Block, Entity, Group } from '@docksnap/contract';
import { metricByName } from '@docksnap/contract';
import { recordedMetrics, recordedSeconds } from '../../../api/contract/src/codec/testing/recording.ts';

const recorded = recordedMetrics
  .map((name, at) => ({ metric: metricByName(name)?.id ?? 0, at }))
  .sort((a, b) => a.metric - b.metric);

/** Seconds of 17 metrics of 19 cgroups: row s, then cgroup, then metric in the order of ids. */
export interface Recording {
  readonly startMs: number;
  readonly seconds: readonly (readonly (readonly number[])[])[];
}

/** The metrics that were recorded, ascending. */
export const recordedMetricIds: readonly number[] = recorded.map(({ metric }) => metric);

/** The committed recording, without lines in which a cgroup was not read. */
export function readRecording(): Recording {
  const seconds = recordedSeconds(join(import.meta.dirname, 'one-second.jsonl.gz')).filter(({ cgroups }) =>
    cgroups.every(([cpu]) => cpu !== 0),
  );
  return {
    startMs: seconds[0]?.timeMs ?? 0,
    seconds: seconds.map(({ cgroups }) => cgroups.map((values) => recorded.map(({ at }) => values[at] ?? 0))),
  };
}

/** Numbers in [0, 1) that are the same each time. https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function repeatable(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Containers with identifiers as Kubernetes gives them, each the recording of a cgroup from some second on. */
export interface Fleet {
  readonly entities: readonly Entity[];
  /** Container c is cgroup c mod 19, this many seconds later for every 19 of them. */
  readonly secondsApart: number;
}

export function fleetOf(containers: number, startMs: number, secondsApart: number): Fleet {
  const random = repeatable(7);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  const entities = Array.from({ length: containers }, (): Entity => ({
    kind: 'container',
    key: `${[8, 4, 4, 4, 12].map(hex).join('-')}/main`,
    runtimeId: hex(64),
    startedAtMs: startMs - Math.floor(random() * 1e9),
    description: hex(32),
  }));
  return { entities, secondsApart };
}

/** The second in which each container was sampled for a tick, and how long before the tick that was, in ms. */
export type Clock = (
  container: number,
  tick: number,
) => { readonly second: number; readonly ageMs: number } | undefined;

/** Every container is sampled at every tick, at the tick's own time. */
export function sharedClock(stepSeconds: number): Clock {
  return (_, tick) => ({ second: tick * stepSeconds, ageMs: 0 });
}

/**
 * As a kubelet does: it samples each container by itself, 10 s apart and up to 15, and a tick that finds no newer sample
 * has none.
 */
export function ownClocks(containers: number, ticks: number, stepSeconds: number): Clock {
  const random = repeatable(11);
  const samples = Array.from({ length: containers }, () => {
    const times: number[] = [];
    for (
      let at = 10 * random();
      at < ticks * stepSeconds;
      at += 10 + (random() < 0.5 ? 5 * random() : 0.3 * random())
    ) {
      times.push(at);
    }
    return times;
  });
  return (container, tick) => {
    // At the first tick each has its first sample.
    const now = (tick + 1) * stepSeconds;
    const last = samples[container]?.findLast((at) => at <= now && at > now - stepSeconds);
    return last === undefined ? undefined : { second: Math.floor(last), ageMs: Math.round((now - last) * 1000) };
  };
}

/** One tick of the fleet, as an agent collects it. */
export function tickOf(recording: Recording, fleet: Fleet, clock: Clock, tick: number, stepSeconds: number): Block {
  const { seconds, startMs } = recording;
  const groups = fleet.entities.flatMap((_, container): Group[] => {
    const sample = clock(container, tick);
    if (sample === undefined) return [];
    const later = Math.floor(container / 19) * fleet.secondsApart;
    const values = seconds[sample.second + later]?.[container % 19] ?? [];
    return [
      {
        entity: container,
        kind: 'cgroup',
        ages: Float64Array.of(sample.ageMs),
        columns: values.map((value, i) => ({ metric: recordedMetricIds[i] ?? 0, values: Float64Array.of(value) })),
      },
    ];
  });
  return {
    epoch: '00112233445566778899aabbccddeeff',
    firstSeq: tick + 1,
    intervalMs: stepSeconds * 1000,
    tickTimes: [startMs + (tick + 1) * stepSeconds * 1000],
    entities: fleet.entities,
    groups,
  };
}

/** Values that are there. */
export function samplesOf(blocks: readonly Block[]): number {
  const columns = blocks.flatMap(({ groups }) => groups.flatMap((group) => group.columns));
  return columns.reduce((sum, { values }) => sum + values.filter((value) => !Number.isNaN(value)).length, 0);
}
