import type { Scope } from '@docksnap/contract';
import { Problem } from '../problem/problem.ts';

/** Whether a scope holds a namespace. */
export function sees(scope: Scope, namespace: string): boolean {
  return scope.kind === 'all' || scope.namespaces.includes(namespace);
}

/** What both scopes hold. */
export function narrowed(one: Scope, other: Scope): Scope {
  if (one.kind === 'all') return other;
  return { kind: 'namespaces', namespaces: one.namespaces.filter((namespace) => sees(other, namespace)) };
}

/** Nodes, with all that runs on them, are for those who may see everything. Throws 403. */
export function mustSeeNodes(scope: Scope): void {
  if (scope.kind === 'all') return;
  const message = 'your rights cover namespaces, not nodes; ask a cluster admin for cluster-wide rights';
  throw new Problem(403, 'forbidden', message);
}
