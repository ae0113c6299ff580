import type { GroupKindName, Scope } from '@docksnap/contract';
import { mustSeeNodes, sees } from '../access/scope.ts';
import type { Belonging } from '../workloads/workload-of.ts';
import { isMember, type Many, type Subject } from './subject.ts';

/** What is read of each node for a subject. */
export interface Selection {
  /** The only node that holds anything of it; undefined: any may. */
  readonly node: string | undefined;
  /** Whether the nodes' own series are wanted: what a node or a cluster is as a whole. */
  readonly nodes: boolean;
  /** Which pods and containers are, by where they belong; undefined: none. */
  readonly members: ((belonging: Belonging) => boolean) | undefined;
}

/**
 * What a scope lets a question about a subject, as a whole or by groups, read: applied before anything is summed.
 * Throws 403 where nodes are asked for by somebody who may not see them.
 */
export function selectionOf(
  subject: Exclude<Subject, { kind: 'container' }>,
  scope: Scope,
  by?: GroupKindName,
): Selection {
  if (subject.kind === 'node') {
    mustSeeNodes(scope);
    return { node: subject.id, nodes: true, members: by === undefined ? undefined : () => true };
  }
  return subject.kind === 'cluster' ? wholeCluster(scope, by) : manyOf(subject, scope);
}

/** Nodes as they are themselves, or every container. */
function wholeCluster(scope: Scope, by: GroupKindName | undefined): Selection {
  if (by !== undefined && by !== 'node') {
    return { node: undefined, nodes: false, members: ({ namespace }) => sees(scope, namespace) };
  }
  mustSeeNodes(scope);
  return { node: undefined, nodes: true, members: undefined };
}

function manyOf(subject: Many, scope: Scope): Selection {
  const node = subject.kind === 'labels' ? subject.node : undefined;
  if (node !== undefined) mustSeeNodes(scope);
  const members = (belonging: Belonging): boolean => sees(scope, belonging.namespace) && isMember(belonging, subject);
  return { node, nodes: false, members };
}
