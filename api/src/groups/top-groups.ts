import type { GroupsAnswer, QueryMetric, Statistic } from '@docksnap/contract';
import { orNull, valuesOf } from '../series/metric-values.ts';
import type { Resolution } from '../series/resolution.ts';
import type { Member } from '../series/member.ts';
import type { Grouped } from './grouped.ts';

type MetricGroups = GroupsAnswer['metrics'][string];

/** What one metric's groups are read from. */
interface Asked {
  readonly metric: QueryMetric;
  readonly resolution: Resolution;
  readonly statistic: Statistic;
  readonly top: number;
}

/**
 * The groups that use most, the others as one, and the whole. `whole` is what the subject is made of when it is read
 * as a whole: the node itself, or every member.
 */
export function topGroups(groups: readonly Grouped[], whole: readonly Member[], asked: Asked): MetricGroups {
  const { metric, resolution, statistic, top } = asked;
  const read = (members: readonly Member[]): Float64Array => valuesOf(metric, members, resolution, statistic);
  const ranked = groups
    .map((each) => ({ ...each, values: read(each.members) }))
    .map((each) => ({ ...each, share: shareOf(each.values) }))
    .sort((one, other) => descending(one.share, other.share) || (one.group.key < other.group.key ? -1 : 1));
  const others = ranked.slice(top);
  const total = read(whole);
  const isOfNode = whole.some(({ track }) => track.kind === 'node') && groups.some(hasContainers);
  const addsUp = statistic === 'mean' && metric.derivation.kind !== 'ratio';
  return {
    unit: metric.unit,
    groups: ranked.slice(0, top).map(({ group, share, values }) => {
      return { ...group, share: Number.isNaN(share) ? null : share, values: orNull(values) };
    }),
    others: others.length === 0 ? null : togetherOf(others, read),
    unaccounted: isOfNode && addsUp ? orNull(difference(total, read(groups.flatMap(({ members }) => members)))) : null,
    total: orNull(total),
  };
}

function togetherOf(others: readonly Grouped[], read: (members: readonly Member[]) => Float64Array) {
  const members = others.flatMap((each) => each.members);
  return { groups: others.length, members: members.length, values: orNull(read(members)) };
}

function hasContainers({ members }: Grouped): boolean {
  return members.some(({ track }) => track.kind !== 'node');
}

/** The mean over all steps, a step without a value counted as 0; NaN where no step has one. */
function shareOf(values: Float64Array): number {
  let sum = NaN;
  for (const value of values) if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
  return sum / values.length;
}

/** NaN last. */
function descending(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return other - one;
}

/** Known where the whole is. Samples of a node and of its containers are of different moments: it may be below 0. */
function difference(whole: Float64Array, part: Float64Array): Float64Array {
  return whole.map((value, index) => value - (Number.isNaN(part[index] ?? NaN) ? 0 : (part[index] ?? 0)));
}
