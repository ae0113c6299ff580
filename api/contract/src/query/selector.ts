import * as z from 'zod';
import type { QueryMetricName } from './metrics.ts';
import { isQueryMetricName } from './metrics.ts';

/** A time in a query: unix ms, as far as a date can tell it. */
export const millis = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

/** Comma-separated names of metrics, at least one, each known, none twice. */
export const metricNames = z
  .string()
  .max(2048)
  .transform((list, context): QueryMetricName[] => {
    const names = list.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !isQueryMetricName(name));
    if (unknown.length > 0) context.addIssue({ code: 'custom', message: `unknown metric: ${unknown.join(', ')}` });
    return [...new Set(names.filter(isQueryMetricName))];
  });

/** One requirement of a label selector, which has the form that `kubectl get -l` takes as far as it says = or !=. */
export interface LabelTerm {
  readonly label: string;
  /** Undefined: the label is there, whatever it says. */
  readonly value: string | undefined;
  readonly isNot: boolean;
}

const term = /^\s*(!?)([^\s=!,]+)\s*(?:(!=|==?)\s*([^\s=!,]*))?\s*$/;

/** `app=web,tier!=cache,team,!legacy`: every term must hold. */
export const labelTerms = z
  .string()
  .max(2048)
  .transform((text, context): LabelTerm[] => text.split(',').flatMap((part) => labelTerm(part, context)));

function labelTerm(text: string, context: z.core.$RefinementCtx): LabelTerm[] {
  const [, not, label, operator, value] = term.exec(text) ?? [];
  if (label === undefined || (not === '!' && operator !== undefined)) {
    const message = `"${text.trim()}" is not label=value, label!=value, label or !label; several are separated by commas`;
    context.addIssue({ code: 'custom', message });
    return [];
  }
  return [
    { label, value: operator === undefined ? undefined : (value ?? ''), isNot: not === '!' || operator === '!=' },
  ];
}

/** What a series is of. */
export const selectorShape = {
  container: z.string().max(1024).optional(),
  /** namespace/name. */
  pod: z.string().max(512).optional(),
  node: z.string().max(512).optional(),
  namespace: z.string().max(253).optional(),
  /** namespace/kind/name. */
  workload: z.string().max(1024).optional(),
  /** Every node; with `labels`, or grouped by something else than nodes, every container. */
  cluster: z.literal('all').optional(),
  /** Containers whose labels are so; alone, or within a namespace, a node or the cluster. */
  labels: labelTerms.optional(),
};

type Selector = { readonly [Name in keyof typeof selectorShape]?: unknown };

const subjects = ['container', 'pod', 'node', 'namespace', 'workload', 'cluster'] as const;
const labelled = ['node', 'namespace', 'cluster'] as const;

/** One subject; labels alone, or beside a subject that holds many containers. */
export function hasOneSelector(query: Selector): boolean {
  const named = subjects.filter((name) => query[name] !== undefined);
  if (query.labels === undefined) return named.length === 1;
  return named.length === 0 || (named.length === 1 && labelled.some((name) => name === named[0]));
}

export function hasNoSelector(query: Selector): boolean {
  return query.labels === undefined && subjects.every((name) => query[name] === undefined);
}

export const oneSelector = {
  message:
    'name exactly one of container, pod, node, namespace, workload, cluster; labels go alone or with node, namespace or cluster',
  path: ['container'],
};
