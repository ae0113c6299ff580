import type { NodeDescription, NodeDetail, NodeSummary } from '@docksnap/contract';
import type { LiveNode } from '../live/live-nodes.ts';
import type { KubernetesNode } from '../node-watch/kubernetes-node.ts';
import { type Latest, nothing } from '../series/latest.ts';
import type { KnownNode } from './known-nodes.ts';
import { silenceOf } from './silence.ts';

/** What is shown of a node: `values` are its newest, which a silent node has no more. */
export function nodeSummary(node: KnownNode, values: Latest | undefined, nowMs: number): NodeSummary {
  const silence = silenceOf(node, nowMs);
  const latest = silence === null ? (values ?? nothing) : nothing;
  const described = descriptionOf(node.live);
  const kubernetes = kubernetesOf(node);
  return {
    id: node.id,
    name: node.record.name,
    cluster: node.record.cluster,
    state: silence === null ? 'reporting' : 'silent',
    silence,
    ready: first(kubernetes.ready),
    lastTickMs: node.live?.lastTickMs ?? null,
    cores: first(described.cores, kubernetes.cores),
    memoryBytes: first(described.memoryBytes, kubernetes.memoryBytes),
    cpuCores: latest.cpuCores,
    workingSetBytes: latest.workingSetBytes,
    pods: countPresent(node.live, 'pod'),
    containers: countPresent(node.live, 'container'),
  };
}

/** All that is known of a node. What the agent may not read of the machine, Kubernetes may tell. */
export function nodeDetail(node: KnownNode, values: Latest | undefined, nowMs: number): NodeDetail {
  const described = descriptionOf(node.live);
  const kubernetes = kubernetesOf(node);
  return {
    ...nodeSummary(node, values, nowMs),
    uid: node.record.uid,
    systemUuid: first(described.systemUuid, kubernetes.systemUuid),
    machineId: first(described.machineId, kubernetes.machineId),
    macAddresses: first(described.macAddresses),
    kernelVersion: first(described.kernelVersion, kubernetes.kernelVersion),
    osImage: first(described.osImage, kubernetes.osImage),
    kubeletVersion: first(kubernetes.kubeletVersion),
    containerRuntime: first(kubernetes.containerRuntime),
    addresses: [...(kubernetes.addresses ?? [])],
    conditions: [...(kubernetes.conditions ?? [])],
    missing: described.missing ?? [],
    agent: node.live === undefined ? null : agentOf(node.live, nowMs),
  };
}

/** The first that is known. */
function first<T>(...values: readonly (T | undefined)[]): T | null {
  return values.find((value) => value !== undefined) ?? null;
}

function agentOf(live: LiveNode, nowMs: number): NodeDetail['agent'] {
  const { report } = live;
  if (report === null) return null;
  return {
    version: report.agentVersion,
    intervalMs: live.intervalMs,
    backlogTicks: report.backlogTicks,
    backlogBytes: report.backlogBytes,
    clockSkewMs: live.clockSkewMs,
    kubeletTrust: report.kubeletTrust ?? null,
    problems: [...live.problems(nowMs)],
    ledger: { ...live.ledger, dropped: { ...live.ledger.dropped } },
  };
}

function descriptionOf(live: LiveNode | undefined): Partial<NodeDescription> {
  const description = live?.entities.get('node')?.description;
  return description?.kind === 'node' ? description : {};
}

function kubernetesOf(node: KnownNode): Partial<KubernetesNode> {
  return typeof node.kubernetes === 'string' ? {} : node.kubernetes;
}

function countPresent(live: LiveNode | undefined, kind: 'pod' | 'container'): number {
  if (live === undefined) return 0;
  return [...live.present].filter((key) => live.entities.get(key)?.kind === kind).length;
}
