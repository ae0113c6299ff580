import type { ContainerDescription, NodeDescription, PodDescription } from '@docksnap/contract';
import { type Family, familyText, type Labels, labelsText, rowText } from './prometheus-text.ts';
import type { VisibleNode } from './visible-node.ts';

type Row = readonly [labels: Labels, value: number];

/** A family of kube-state-metrics, with its rows for one subject. */
interface Rule<Description> extends Family {
  readonly rows: (description: Description, node: string) => readonly Row[];
}

const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];
const states = ['running', 'waiting', 'terminated'] as const;

const ofPod = ({ namespace, name: pod, uid }: PodDescription): Labels => ({ namespace, pod, uid });
const ofContainer = ({ namespace, pod, podUid: uid, name: container }: ContainerDescription): Labels => ({
  namespace,
  pod,
  uid,
  container,
});

/** kube-state-metrics gives cores and bytes of one family as rows with a resource and a unit. */
function resources(labels: Labels, cpuCores: number | undefined, memoryBytes: number | undefined): Row[] {
  const rows: Row[] = [];
  if (cpuCores !== undefined) rows.push([{ ...labels, resource: 'cpu', unit: 'core' }, cpuCores]);
  if (memoryBytes !== undefined) rows.push([{ ...labels, resource: 'memory', unit: 'byte' }, memoryBytes]);
  return rows;
}

/** A row for a reason that is known. */
function reason(labels: Labels, text: string | undefined): Row[] {
  return text === undefined || text === '' ? [] : [[{ ...labels, reason: text }, 1]];
}

const gauge = (name: string, help: string) => ({ name, help, kind: 'gauge' }) as const;

const nodeRules: readonly Rule<NodeDescription>[] = [
  {
    ...gauge('kube_node_info', 'A machine.'),
    rows: ({ kernelVersion, osImage, systemUuid }, node) => [
      [{ node, kernel_version: kernelVersion, os_image: osImage, system_uuid: systemUuid }, 1],
    ],
  },
  {
    ...gauge('kube_node_status_capacity', 'What a machine has.'),
    rows: ({ cores, memoryBytes }, node) => resources({ node }, cores, memoryBytes),
  },
];

const podRules: readonly Rule<PodDescription>[] = [
  { ...gauge('kube_pod_info', 'A pod.'), rows: (pod, node) => [[{ ...ofPod(pod), node }, 1]] },
  {
    ...gauge('kube_pod_status_phase', 'The phase of a pod is the one with 1.'),
    rows: (pod) => phases.map((phase) => [{ ...ofPod(pod), phase }, Number(pod.phase === phase)]),
  },
  {
    ...gauge('kube_pod_start_time', 'When a pod started, unix seconds.'),
    rows: (pod) => (pod.startedAtMs === undefined ? [] : [[ofPod(pod), pod.startedAtMs / 1000]]),
  },
];

const containerRules: readonly Rule<ContainerDescription>[] = [
  {
    ...gauge('kube_pod_container_info', 'A container.'),
    rows: (container) => [[{ ...ofContainer(container), image: container.image, image_id: container.imageId }, 1]],
  },
  {
    name: 'kube_pod_container_status_restarts_total',
    kind: 'counter',
    help: 'How often a container was started again.',
    rows: (container) => [[ofContainer(container), container.restarts]],
  },
  ...states.map((state) => ({
    ...gauge(`kube_pod_container_status_${state}`, `1 while a container is ${state}.`),
    rows: (container: ContainerDescription): Row[] => [[ofContainer(container), Number(container.state === state)]],
  })),
  {
    ...gauge('kube_pod_container_status_waiting_reason', 'Why a container waits.'),
    rows: (container) => (container.state === 'waiting' ? reason(ofContainer(container), container.stateReason) : []),
  },
  {
    ...gauge('kube_pod_container_status_terminated_reason', 'Why a container ended.'),
    rows: (container) =>
      container.state === 'terminated' ? reason(ofContainer(container), container.stateReason) : [],
  },
  {
    ...gauge('kube_pod_container_status_last_terminated_reason', 'Why a container ended the last time.'),
    rows: (container) => reason(ofContainer(container), container.lastTermination?.reason),
  },
  {
    ...gauge('kube_pod_container_status_last_terminated_exitcode', 'With what code a container ended the last time.'),
    rows: (container) => {
      const { lastTermination } = container;
      return lastTermination === undefined ? [] : [[ofContainer(container), lastTermination.exitCode]];
    },
  },
  {
    ...gauge('kube_pod_container_resource_requests', 'What a container asks for.'),
    rows: (container, node) =>
      resources({ ...ofContainer(container), node }, container.requests.cpuCores, container.requests.memoryBytes),
  },
  {
    ...gauge('kube_pod_container_resource_limits', 'What a container may use at most.'),
    rows: (container, node) =>
      resources({ ...ofContainer(container), node }, container.limits.cpuCores, container.limits.memoryBytes),
  },
];

/** What is known of nodes, pods and containers besides measurements, in families of kube-state-metrics; as of now. */
export function* stateText(nodes: readonly VisibleNode[]): Generator<string> {
  for (const rule of nodeRules)
    yield* ruleText(rule, nodes, ({ node }) => (node?.description === undefined ? [] : [node.description]));
  for (const rule of podRules) yield* ruleText(rule, nodes, ({ pods }) => pods.map(({ description }) => description));
  for (const rule of containerRules)
    yield* ruleText(rule, nodes, ({ containers }) => containers.map(({ description }) => description));
}

function* ruleText<Description>(
  rule: Rule<Description>,
  nodes: readonly VisibleNode[],
  descriptionsOf: (node: VisibleNode) => readonly Description[],
): Generator<string> {
  let isFirst = true;
  for (const node of nodes) {
    for (const [labels, value] of descriptionsOf(node).flatMap((each) => rule.rows(each, node.name))) {
      if (isFirst) yield familyText(rule);
      isFirst = false;
      yield rowText(rule.name, labelsText(labels), value);
    }
  }
}
