import {
  type Block,
  type Column,
  type Entity,
  type EntityKind,
  gapMs,
  type Group,
  intervalOf,
  metricById,
} from '@docksnap/contract';
import { CounterSteps } from './counter-steps.ts';
import { GaugeSteps } from './gauge-steps.ts';
import { Presence } from './presence.ts';
import { RunOrder, runsOf } from './runs.ts';
import type { Steps } from './steps.ts';
import type { Track } from './track.ts';
import type { Work } from './work.ts';

/** For one entity by itself: described while it is there, and not averaged with the time when it is not. */
export function alone(track: Track): Track {
  return { ...track, absentMs: new Float64Array(track.absentMs.length) };
}

/** For readers that do not answer anybody. */
const unbounded: Pick<Work, 'holds'> = { holds: () => undefined };

interface OpenTrack {
  readonly kind: EntityKind;
  readonly counters: Map<number, CounterSteps>;
  readonly gauges: Map<number, GaugeSteps>;
}

/**
 * Puts one node's blocks on a time axis, for the metrics whose ids are given. However the ticks are cut into blocks,
 * and the blocks into what is taken at a time, the numbers are the same.
 */
export class TrackReader {
  readonly #steps: Steps;
  readonly #metricIds: ReadonlySet<number>;
  readonly #open = new Map<string, OpenTrack>();
  readonly #order = new RunOrder();
  readonly #presence: Presence;
  readonly #work: Pick<Work, 'holds'>;
  #count = 0;

  constructor(steps: Steps, metricIds: ReadonlySet<number>, work: Pick<Work, 'holds'> = unbounded) {
    this.#steps = steps;
    this.#metricIds = metricIds;
    this.#work = work;
    this.#presence = new Presence(steps);
  }

  /** Takes the next blocks, of the entities that `wants` accepts. Blocks that were taken before may be among them. */
  take(blocks: readonly Block[], wants: (entity: Entity) => boolean): void {
    for (const run of runsOf(blocks)) {
      const sequel = this.#order.next(run);
      if (sequel !== 'same') this.#enterRun(sequel === 'linked');
      for (const block of run) {
        this.#presence.take(block, block.entities.filter(wants), gapMs(block.intervalMs));
        this.#takeSamples(block, wants);
      }
    }
  }

  /** What was found, one track per entity that has samples. */
  tracks(): Track[] {
    const { watchedMs } = this.#presence;
    return [...this.#open].map(([key, track]) => ({
      key,
      ...track,
      watchedMs,
      absentMs: this.#presence.absentMs(key),
    }));
  }

  /** How many samples were looked at since the last call. */
  takeCount(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  get watchedMs(): Float64Array {
    return this.#presence.watchedMs;
  }

  #enterRun(linked: boolean): void {
    this.#presence.enterRun(linked);
    for (const { counters, gauges } of this.#open.values()) {
      for (const series of [...counters.values(), ...gauges.values()]) series.enterRun(linked);
    }
  }

  #opened(kind: EntityKind): OpenTrack {
    this.#work.holds(this.#steps.count * this.#metricIds.size);
    return { kind, counters: new Map(), gauges: new Map() };
  }

  #takeSamples(block: Block, wants: (entity: Entity) => boolean): void {
    for (const group of block.groups) {
      const entity = block.entities[group.entity];
      if (entity === undefined || !wants(entity)) continue;
      const track = made(this.#open, entity.key, () => this.#opened(entity.kind));
      for (const column of group.columns) {
        if (!this.#metricIds.has(column.metric)) continue;
        this.#count += column.values.length;
        takeColumn(block, group, column, entity, seriesOf(track, column.metric, this.#steps));
      }
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
  const gap = gapMs(intervalOf(block, group));
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

function made<K, T>(map: Map<K, T>, key: K, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
