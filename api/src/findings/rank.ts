import { type Finding, findingKindSchema, urgencySchema } from '@docksnap/contract';
import type { Ranked } from './node-findings.ts';

/** Most urgent first; within an urgency by kind, and of a kind the one that weighs most. */
export function inRank(findings: readonly Ranked[]): readonly Ranked[] {
  return findings.toSorted(
    (one, other) =>
      place(urgencySchema.options, one.finding.urgency) - place(urgencySchema.options, other.finding.urgency) ||
      place(findingKindSchema.options, one.finding.kind) - place(findingKindSchema.options, other.finding.kind) ||
      other.weight - one.weight ||
      (one.finding.id < other.finding.id ? -1 : 1),
  );
}

/** Replicas of one workload of which the same is found are one finding: the first of them, which counts the others. */
export function folded(findings: readonly Ranked[]): readonly Finding[] {
  const byWorkload = Map.groupBy(findings, ({ finding }) => keyOf(finding));
  return [...byWorkload.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first.finding, alike: others.length }],
  );
}

function keyOf({ id, kind, subject: { namespace, workload, name } }: Finding): string {
  return workload === null ? id : [kind, namespace, workload.kind, workload.name, name].join('/');
}

function place<T>(order: readonly T[], one: T): number {
  return order.indexOf(one);
}
