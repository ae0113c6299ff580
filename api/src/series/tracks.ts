import {
  type Block,
  type Column,
  type Entity,
  type EntityKind,
  gapMs,
  type Group,
  metricById,
} from '@docksnap/contract';
import { CounterSteps } from './counter-steps.ts';
import { GaugeSteps } from './gauge-steps.ts';
import { Presence } from './presence.ts';
import { runsOf } from './runs.ts';
import type { Steps } from './steps.ts';

/** What is known of one entity on a time axis, over all its incarnations; by metric id. */
export interface Track {
  readonly kind: EntityKind;
  readonly counters: ReadonlyMap<number, CounterSteps>;
  readonly gauges: ReadonlyMap<number, GaugeSteps>;
  /** Time of each step in which the entity is known not to have been there, and in which its node was watched. */
  readonly absentMs: Float64Array;
  readonly watchedMs: Float64Array;
}

/** For one entity by itself: described while it is there, and not averaged with the time when it is not. */
export function alone(track: Track): Track {
  return { ...track, absentMs: new Float64Array(track.absentMs.length) };
}

interface OpenTrack {
  readonly kind: EntityKind;
  readonly counters: Map<number, CounterSteps>;
  readonly gauges: Map<number, GaugeSteps>;
}

/**
 * Puts one node's blocks on a time axis: the entities that `wants` accepts, and the metrics whose ids are given.
 * However the ticks are cut into blocks, the numbers are the same.
 */
export function tracksOf(
  blocks: readonly Block[],
  steps: Steps,
  wants: (entity: Entity) => boolean,
  metricIds: ReadonlySet<number>,
): Track[] {
  const open = new Map<string, OpenTrack>();
  const presence = new Presence(steps);
  for (const run of runsOf(blocks)) {
    presence.enterRun(run.linked);
    for (const track of open.values()) {
      for (const series of [...track.counters.values(), ...track.gauges.values()]) series.enterRun(run.linked);
    }
    for (const block of run.blocks) {
      presence.take(block, block.entities.filter(wants), gapMs(block.intervalMs));
      takeSamples(block, steps, wants, metricIds, open);
    }
  }
  return [...open].map(([key, track]) => ({
    ...track,
    absentMs: presence.absentMs(key),
    watchedMs: presence.watchedMs,
  }));
}

function takeSamples(
  block: Block,
  steps: Steps,
  wants: (entity: Entity) => boolean,
  metricIds: ReadonlySet<number>,
  open: Map<string, OpenTrack>,
): void {
  for (const group of block.groups) {
    const entity = block.entities[group.entity];
    if (entity === undefined || !wants(entity)) continue;
    const track = open.get(entity.key) ?? { kind: entity.kind, counters: new Map(), gauges: new Map() };
    open.set(entity.key, track);
    for (const column of group.columns) {
      if (metricIds.has(column.metric)) takeColumn(block, group, column, entity, seriesOf(track, column.metric, steps));
    }
  }
}

function takeColumn(
  block: Block,
  group: Group,
  column: Column,
  entity: Entity,
  series: CounterSteps | GaugeSteps | undefined,
): void {
  const gap = gapMs(block.intervalMs);
  for (let tick = 0; tick < block.tickTimes.length; tick += 1) {
    const value = column.values[tick] ?? NaN;
    const sampleMs = (block.tickTimes[tick] ?? NaN) - (group.ages[tick] ?? NaN);
    if (!Number.isNaN(value) && !Number.isNaN(sampleMs)) series?.take(sampleMs, value, entity, gap);
  }
}

function seriesOf(track: OpenTrack, metricId: number, steps: Steps): CounterSteps | GaugeSteps | undefined {
  switch (metricById(metricId)?.kind) {
    case 'counter':
      return made(track.counters, metricId, () => new CounterSteps(steps));
    case 'gauge':
      return made(track.gauges, metricId, () => new GaugeSteps(steps));
    case undefined:
      return undefined;
  }
}

function made<T>(map: Map<number, T>, key: number, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
