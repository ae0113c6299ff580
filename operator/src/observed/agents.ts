import type { KnownReporting, Reporting } from '../reporting/reporting.ts';
import type { NodeHealth } from './node-health.ts';
import { nodeHealth } from './node-health.ts';
import type { Node, Pod } from './objects.ts';
import { nodeOf } from './objects.ts';

/** All nodes, and one monitor's pods on them. */
export interface Agents {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly intervalMs: number;
}

/** How each node is doing that shall have an agent, by name: one for which the DaemonSet has made a pod. */
export function healthOfNodes({ nodes, pods, intervalMs }: Agents, known: KnownReporting): NodeHealth[] {
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]));
  return [...podByNode(pods)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, pod]) => nodeHealth({ name, node: byName.get(name), pod, intervalMs }, known));
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

/** The lowest version among the agents that report; undefined when none is known. */
export function lowestVersion(nodes: readonly Node[], reporting: Reporting): string | undefined {
  if (reporting.kind === 'unknown') return undefined;
  const versions = nodes.map(({ metadata }) => reporting.byNodeUid.get(metadata.uid)?.agentVersion ?? '');
  const [lowest] = versions.filter((one) => one !== '').sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return lowest;
}
