import type { NodeSummary } from '@docksnap/contract';
import { isMachine } from '../machines/machines.ts';

export interface FleetTotals {
  readonly nodes: number;
  readonly reporting: number;
  /** Null where machines without Kubernetes are among the nodes: not all containers are in pods then. */
  readonly pods: number | null;
  readonly containers: number;
  /** Containers of silent nodes: what they do is not known. */
  readonly unknownContainers: number;
  /** Sums over nodes whose value and size are both known; null when there are none. */
  readonly cpu: Share | null;
  readonly memory: Share | null;
}

export interface Share {
  readonly used: number;
  readonly of: number;
}

function share(
  nodes: readonly NodeSummary[],
  used: (node: NodeSummary) => number | null,
  of: (node: NodeSummary) => number | null,
): Share | null {
  const known = nodes.flatMap((node) => {
    const pair = { used: used(node), of: of(node) };
    return pair.used === null || pair.of === null ? [] : [{ used: pair.used, of: pair.of }];
  });
  if (known.length === 0) return null;
  return known.reduce((sum, one) => ({ used: sum.used + one.used, of: sum.of + one.of }));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What all nodes are and use together. Silent nodes count as nodes, but their use is not known and not summed. */
export function fleetTotals(nodes: readonly NodeSummary[]): FleetTotals {
  const reporting = nodes.filter((node) => node.state === 'reporting');
  const silent = nodes.filter((node) => node.state === 'silent');
  return {
    nodes: nodes.length,
    reporting: reporting.length,
    pods: nodes.some(isMachine) ? null : sum(nodes.map((node) => node.pods)),
    containers: sum(nodes.map((node) => node.containers)),
    unknownContainers: sum(silent.map((node) => node.containers)),
    cpu: share(
      reporting,
      (node) => node.cpuCores,
      (node) => node.cores,
    ),
    memory: share(
      reporting,
      (node) => node.workingSetBytes,
      (node) => node.memoryBytes,
    ),
  };
}
