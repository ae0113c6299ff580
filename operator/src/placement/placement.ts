import type { Monitor } from '../monitor.ts';
import type { Node } from '../observed/objects.ts';
import { affinityFilter } from './node-affinity.ts';
import { toleratesAll } from './tolerations.ts';

/** Which nodes a monitor wants an agent on, as the DaemonSet controller will see it. */
export function nodeFilter({ spec: { agent } }: Pick<Monitor, 'spec'>): (node: Node) => boolean {
  const selector = Object.entries(agent.nodeSelector);
  const isAllowed = affinityFilter(agent.affinity);
  return (node) =>
    selector.every(([name, value]) => node.metadata.labels[name] === value) &&
    isAllowed(node) &&
    toleratesAll(agent.tolerations, node.spec.taints);
}
