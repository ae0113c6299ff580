import type { Block, Entity, Group } from '@docksnap/contract';

/** What an entity's newest samples say: of its newest incarnation alone. */
export interface Newest {
  readonly entity: Entity;
  /** By metric id: the value as it was scraped, and when it was sampled, unix ms, whole. */
  readonly samples: ReadonlyMap<number, { readonly value: number; readonly atMs: number }>;
}

interface Open {
  entity: Entity;
  samples: Map<number, { value: number; atMs: number }>;
}

/** By entity key, from blocks in order; samples before sinceMs are too old to be called newest. */
export function newestSamples(blocks: readonly Block[], sinceMs: number): ReadonlyMap<string, Newest> {
  const byKey = new Map<string, Open>();
  for (const block of blocks) {
    for (const entity of block.entities) enter(byKey, entity);
    for (const group of block.groups) {
      const open = byKey.get(block.entities[group.entity]?.key ?? '');
      if (open !== undefined) take(open, block.tickTimes, group, sinceMs);
    }
  }
  return byKey;
}

/** Counters of another start are another series: what was known of the one before is over. */
function enter(byKey: Map<string, Open>, entity: Entity): void {
  const known = byKey.get(entity.key)?.entity;
  if (known?.runtimeId === entity.runtimeId && known.startedAtMs === entity.startedAtMs) return;
  byKey.set(entity.key, { entity, samples: new Map() });
}

function take({ samples }: Open, tickTimes: readonly number[], { ages, columns }: Group, sinceMs: number): void {
  const tick = ages.findLastIndex((age) => !Number.isNaN(age));
  const atMs = Math.round((tickTimes[tick] ?? NaN) - (ages[tick] ?? NaN));
  if (Number.isNaN(atMs) || atMs < sinceMs) return;
  for (const { metric, values } of columns) {
    const value = values[tick] ?? NaN;
    if (!Number.isNaN(value)) samples.set(metric, { value, atMs });
  }
}
