import type { LabelTerm, Workload } from '@docksnap/contract';
import { type ContainerId, parseContainerId } from '../containers/container-id.ts';
import { Problem } from '../problem/problem.ts';
import { hasLabels } from '../workloads/labels.ts';
import type { Belonging } from '../workloads/workload-of.ts';

/** What a series is of. */
export type Subject =
  | { readonly kind: 'container'; readonly id: ContainerId }
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'cluster' }
  | Many;

/** What holds pods and containers of any node. */
export type Many =
  | { readonly kind: 'pod'; readonly namespace: string; readonly pod: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'workload'; readonly namespace: string; readonly workload: Workload }
  | {
      readonly kind: 'labels';
      readonly labels: readonly LabelTerm[];
      readonly namespace: string | undefined;
      /** A node's id. */
      readonly node: string | undefined;
    };

export interface Selector {
  readonly container?: string | undefined;
  /** namespace/name. */
  readonly pod?: string | undefined;
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  /** namespace/kind/name. */
  readonly workload?: string | undefined;
  readonly cluster?: 'all' | undefined;
  readonly labels?: readonly LabelTerm[] | undefined;
}

/** The subject that a selector names, or undefined when it names none. Throws 404 or 422. */
export function subjectOf(selector: Selector): Subject | undefined {
  const { container, pod, node, namespace, workload, cluster, labels } = selector;
  if (labels !== undefined) return { kind: 'labels', labels, namespace, node };
  if (container !== undefined) return { kind: 'container', id: idOf(container) };
  if (node !== undefined) return { kind: 'node', id: node };
  if (namespace !== undefined) return { kind: 'namespace', namespace };
  if (pod !== undefined) return podSubject(pod);
  if (cluster !== undefined) return { kind: 'cluster' };
  return workload === undefined ? undefined : workloadSubject(workload);
}

/** The same, for a query whose schema asks for a selector: what it forgets is a bug that must not answer everything. */
export function mustBeSubject(selector: Selector): Subject {
  const subject = subjectOf(selector);
  if (subject === undefined) throw new Problem(422, 'invalid_query', 'name what the question is about');
  return subject;
}

function idOf(container: string): ContainerId {
  const id = parseContainerId(container);
  if (id === undefined) throw new Problem(404, 'not_found', `there is no container ${container}`);
  return id;
}

function podSubject(text: string): Subject {
  const [namespace, pod, ...rest] = text.split('/');
  if (!namespace || !pod || rest.length > 0) throw refused('pod', `${text} is not namespace/name, such as shop/web-1`);
  return { kind: 'pod', namespace, pod };
}

function workloadSubject(text: string): Subject {
  const [namespace, kind, name, ...rest] = text.split('/');
  if (!namespace || !kind || !name || rest.length > 0) {
    throw refused('workload', `${text} is not namespace/kind/name, such as shop/Deployment/web`);
  }
  return { kind: 'workload', namespace, workload: { kind, name } };
}

function refused(parameter: string, message: string): Problem {
  return new Problem(422, 'invalid_query', `${parameter}: ${message}`, { parameter });
}

/** Whether what belongs there is part of a subject. */
export function isMember(belonging: Belonging, subject: Many): boolean {
  if (subject.namespace !== undefined && belonging.namespace !== subject.namespace) return false;
  switch (subject.kind) {
    case 'namespace':
      return true;
    case 'pod':
      return belonging.pod === subject.pod;
    case 'workload':
      return belonging.workload.kind === subject.workload.kind && belonging.workload.name === subject.workload.name;
    case 'labels':
      return hasLabels(belonging.labels, subject.labels);
  }
}

/** A subject in words, for a sentence. */
export function nameOf(subject: Many): string {
  switch (subject.kind) {
    case 'namespace':
      return `the namespace ${subject.namespace}`;
    case 'pod':
      return `the pod ${subject.namespace}/${subject.pod}`;
    case 'workload':
      return `the workload ${subject.namespace}/${subject.workload.kind}/${subject.workload.name}`;
    case 'labels':
      return 'these labels';
  }
}
