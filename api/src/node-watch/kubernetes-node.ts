import type { NodeCondition } from '@docksnap/contract';
import type { V1Node, V1NodeCondition, V1NodeSystemInfo } from '@kubernetes/client-node';

/** What Kubernetes says of a node. */
export interface KubernetesNode {
  readonly name: string;
  readonly uid: string;
  readonly ready: NodeCondition['status'] | undefined;
  readonly conditions: readonly NodeCondition[];
  /** IP addresses and names, each once. */
  readonly addresses: readonly string[];
  readonly systemUuid: string | undefined;
  readonly machineId: string | undefined;
  readonly kernelVersion: string | undefined;
  readonly osImage: string | undefined;
  readonly kubeletVersion: string | undefined;
  readonly containerRuntime: string | undefined;
  readonly cores: number | undefined;
  readonly memoryBytes: number | undefined;
}

/** A node object of the Kubernetes API in the words of the contract. */
export function kubernetesNode({ metadata = {}, status = {} }: V1Node): KubernetesNode {
  const { conditions = [], addresses = [], capacity = {} } = status;
  const system: Partial<V1NodeSystemInfo> = status.nodeInfo ?? {};
  const told = conditions.map((condition) => nodeCondition(condition));
  return {
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    ready: told.find(({ type }) => type === 'Ready')?.status,
    conditions: told,
    addresses: [...new Set(addresses.map(({ address }) => address))],
    systemUuid: system.systemUUID,
    machineId: system.machineID,
    kernelVersion: system.kernelVersion,
    osImage: system.osImage,
    kubeletVersion: system.kubeletVersion,
    containerRuntime: system.containerRuntimeVersion,
    cores: quantity(capacity['cpu']),
    memoryBytes: quantity(capacity['memory']),
  };
}

function nodeCondition({ type, status, reason, message, lastTransitionTime }: V1NodeCondition): NodeCondition {
  return {
    type,
    status: status === 'True' || status === 'False' ? status : 'Unknown',
    reason: reason ?? '',
    message: message ?? '',
    sinceMs: lastTransitionTime?.getTime() ?? null,
  };
}

const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A resource quantity as a number (Kubernetes: "Resource Management", units), or undefined for what is none. */
export function quantity(text: string | undefined): number | undefined {
  const [, digits, suffix] = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits) * (factors[suffix ?? ''] ?? NaN);
}
