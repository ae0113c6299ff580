import * as z from 'zod';
import type { Node } from '../observed/objects.ts';

const requirement = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(z.string()).default([]),
});
type Requirement = z.infer<typeof requirement>;

const term = z.object({
  matchExpressions: z.array(requirement).default([]),
  matchFields: z.array(requirement).default([]),
});
const affinity = z.object({
  nodeAffinity: z.object({
    requiredDuringSchedulingIgnoredDuringExecution: z.object({ nodeSelectorTerms: z.array(term) }),
  }),
});

/**
 * Which nodes a pod's affinity lets it run on: those for which one of the required terms holds
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/). What is no affinity requires nothing, for
 * the API server then refuses the DaemonSet.
 */
export function affinityFilter(given: unknown): (node: Node) => boolean {
  const parsed = affinity.safeParse(given);
  if (!parsed.success) return () => true;
  const { nodeSelectorTerms } = parsed.data.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  return ({ metadata: { name, labels } }) =>
    nodeSelectorTerms.some(({ matchExpressions, matchFields }) => {
      // A term without a requirement matches no node.
      if (matchExpressions.length + matchFields.length === 0) return false;
      const fields = { 'metadata.name': name };
      return matchExpressions.every((one) => isMet(one, labels)) && matchFields.every((one) => isMet(one, fields));
    });
}

function isMet({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[key];
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
  }
}
