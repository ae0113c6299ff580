import type { Workload } from '@docksnap/contract';
import { type ContainerId, parseContainerId } from '../containers/container-id.ts';
import { Problem } from '../problem/problem.ts';
import type { Belonging } from '../workloads/workload-of.ts';

/** What a series is of. */
export type Subject =
  | { readonly kind: 'container'; readonly id: ContainerId }
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'workload'; readonly namespace: string; readonly workload: Workload };

export interface Selector {
  readonly container?: string | undefined;
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  /** namespace/kind/name. */
  readonly workload?: string | undefined;
}

/** The subject that a selector names, or undefined when it names none. Throws 404 or 422. */
export function subjectOf({ container, node, namespace, workload }: Selector): Subject | undefined {
  if (container !== undefined) return { kind: 'container', id: idOf(container) };
  if (node !== undefined) return { kind: 'node', id: node };
  if (namespace !== undefined) return { kind: 'namespace', namespace };
  return workload === undefined ? undefined : workloadSubject(workload);
}

function idOf(container: string): ContainerId {
  const id = parseContainerId(container);
  if (id === undefined) throw new Problem(404, 'not_found', `there is no container ${container}`);
  return id;
}

function workloadSubject(text: string): Subject {
  const [namespace, kind, name, ...rest] = text.split('/');
  if (!namespace || !kind || !name || rest.length > 0) {
    const message = `workload: ${text} is not namespace/kind/name, such as shop/Deployment/web`;
    throw new Problem(422, 'invalid_query', message, { parameter: 'workload' });
  }
  return { kind: 'workload', namespace, workload: { kind, name } };
}

/** Whether what belongs there is part of a namespace or workload. */
export function isMember(belonging: Belonging, subject: Extract<Subject, { kind: 'namespace' | 'workload' }>): boolean {
  if (belonging.namespace !== subject.namespace) return false;
  if (subject.kind === 'namespace') return true;
  return belonging.workload.kind === subject.workload.kind && belonging.workload.name === subject.workload.name;
}
