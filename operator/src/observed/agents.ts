import type { KnownReporting, NodeReport, Reporting } from '../reporting/reporting.ts';
import type { NodeHealth } from './node-health.ts';
import { nodeHealth } from './node-health.ts';
import type { Node, Pod } from './objects.ts';
import { nodeOf } from './objects.ts';

/** One monitor's pods, and the nodes that they are on. */
export interface Agents {
  /** By name; undefined when Kubernetes does not know it. */
  readonly node: (name: string) => Node | undefined;
  readonly pods: readonly Pod[];
  readonly intervalMs: number;
}

/** How each node is doing that shall have an agent, by name: one for which the DaemonSet has made a pod. */
export function healthOfNodes({ node, pods, intervalMs }: Agents, known: KnownReporting): NodeHealth[] {
  return [...podByNode(pods)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, pod]) => nodeHealth({ name, node: node(name), pod, intervalMs }, known));
}

/** While one agent replaces another, both have a pod on the node: the one that stays counts. */
function podByNode(pods: readonly Pod[]): ReadonlyMap<string, Pod> {
  const found = new Map<string, Pod>();
  for (const pod of pods) {
    const name = nodeOf(pod);
    const stays = pod.metadata.deletionTimestamp === undefined;
    if (name !== undefined && (stays || !found.has(name))) found.set(name, pod);
  }
  return found;
}

/** What the API last heard from each node that has an agent, by the node's name. */
export function reportsOf({ node, pods }: Omit<Agents, 'intervalMs'>, reporting: Reporting): Map<string, NodeReport> {
  const found = new Map<string, NodeReport>();
  if (reporting.kind === 'unknown') return found;
  for (const name of podByNode(pods).keys()) {
    const report = reporting.byNodeUid.get(node(name)?.metadata.uid ?? '');
    if (report !== undefined) found.set(name, report);
  }
  return found;
}

/** The lowest version among the agents that report; undefined when none is known. */
export function lowestVersion(reports: ReadonlyMap<string, NodeReport>): string | undefined {
  const versions = [...reports.values()].map(({ agentVersion }) => agentVersion).filter((version) => version !== '');
  const [lowest] = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return lowest;
}
