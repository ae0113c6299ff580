import type { Finding, FindingSubject } from '@docksnap/contract';
import { containerId } from '../containers/container-id.ts';
import type { KnownNode } from '../nodes/known-nodes.ts';
import type { NodeRecord } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import type { ContainerFacts, Judgement } from './judgement.ts';

/** A finding with what it is ranked by. */
export interface Ranked {
  readonly finding: Finding;
  readonly weight: number;
}

/** What was found on one node, and when it was looked at. */
export interface NodeFindings {
  readonly atMs: number;
  readonly isSilent: boolean;
  /** Namespaces of the containers that were there: how many somebody may know of follows from them. */
  readonly namespaces: ReadonlyMap<string, number>;
  readonly findings: readonly Ranked[];
}

export function containerSubject(record: NodeRecord, key: string, { description }: ContainerFacts): FindingSubject {
  const { namespace, pod, name } = description;
  return {
    kind: 'container',
    id: containerId(record.id, key),
    nodeId: record.id,
    node: record.name,
    namespace,
    workload: belongingOf(description)?.workload ?? null,
    pod,
    name,
  };
}

export function nodeSubject({ id, record }: Pick<KnownNode, 'id' | 'record'>): FindingSubject {
  const nobody = { namespace: null, workload: null, pod: null };
  return { kind: 'node', id, nodeId: id, node: record.name, ...nobody, name: record.name };
}

export function ranked(subject: FindingSubject, judgement: Judgement): Ranked {
  const { weight, ...rest } = judgement;
  return { finding: { id: `${rest.kind}~${subject.id}`, subject, ...rest, alike: 0 }, weight };
}
