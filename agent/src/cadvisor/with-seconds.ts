import type { Group } from '@docksnap/contract';
import type { Gathered } from '../source/source.ts';
import { groupsOf } from './gathered.ts';
import type { Placed } from './reader.ts';
import { housekeepingMs } from './tick-grid.ts';

/** What cAdvisor samples better than the kubelet; networks stay the kubelet's, which tells them per pod. */
const bySecond = ['resource', 'cgroup'] as const;

/** The last part of a cgroup's path as the engines write it: `<id>`, `cri-containerd-<id>.scope`, `crio-<id>.scope`. */
const runtimeIdPattern = /\/(?:[a-z-]+-)?([0-9a-f]{64})(?:\.scope)?$/;

/** The runtime's id of the container whose cgroup a path names; undefined when it names another cgroup. */
export function runtimeIdOf(path: string): string | undefined {
  return runtimeIdPattern.exec(path)?.[1];
}

/** Paths of containers' cgroups by the runtime's id. */
export function pathsByRuntimeId(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((path) => {
      const id = runtimeIdOf(path);
      return id === undefined ? [] : [[id, path] as const];
    }),
  );
}

/**
 * What the kubelet told, at one tick, with the samples of each second in place of its own for the containers that have
 * them. `pathOf`: the cgroup of a container by its runtime's id.
 */
export function withSeconds(
  { block, descriptions }: Gathered,
  tickTimes: readonly number[],
  placed: ReadonlyMap<string, Placed>,
  pathOf: ReadonlyMap<string, string>,
): Gathered {
  const { entities } = block;
  const rows = entities.map(({ runtimeId }) => placed.get(pathOf.get(runtimeId) ?? ''));
  const kept = block.groups
    .filter(({ entity, kind }) => kind === 'network' || rows[entity] === undefined)
    .map((group) => atLastTick(group, tickTimes.length, group.intervalMs ?? block.intervalMs));
  const news = rows.flatMap((row, entity) => (row === undefined ? [] : groupsOf(entity, row, bySecond, tickTimes)));
  const groups = [...kept, ...news].sort((one, other) => one.entity - other.entity);
  return { block: { intervalMs: housekeepingMs, tickTimes, entities, groups }, descriptions };
}

/** A group of one tick as one of the last of several. */
function atLastTick({ entity, kind, ages, columns }: Group, ticks: number, intervalMs: number): Group {
  const spread = (values: Float64Array): Float64Array => {
    const spreadOut = new Float64Array(ticks).fill(NaN);
    spreadOut[ticks - 1] = values[0] ?? NaN;
    return spreadOut;
  };
  return {
    entity,
    kind,
    intervalMs,
    ages: spread(ages),
    columns: columns.map(({ metric, values }) => ({ metric, values: spread(values) })),
  };
}
