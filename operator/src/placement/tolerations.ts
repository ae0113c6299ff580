import type { Node } from '../observed/objects.ts';

type Taint = Node['spec']['taints'][number];

/** As in a pod, all fields optional. */
export interface Toleration {
  readonly key?: string | undefined;
  readonly operator?: 'Exists' | 'Equal' | undefined;
  readonly value?: string | undefined;
  readonly effect?: string | undefined;
}

/**
 * What the DaemonSet controller adds to each pod of its own
 * (https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations).
 */
const addedByDaemonSets: readonly Toleration[] = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
].map((name) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists' }));

/** Whether a DaemonSet's pod with these tolerations may run in spite of all of a node's taints. */
export function toleratesAll(tolerations: readonly Toleration[], taints: readonly Taint[]): boolean {
  const all = [...tolerations, ...addedByDaemonSets];
  // PreferNoSchedule is a wish.
  const strict = taints.filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  return strict.every((taint) => all.some((toleration) => tolerates(toleration, taint)));
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = 'Equal', value = '', effect = '' } = toleration;
  const isMeant = ['', taint.effect].includes(effect) && ['', taint.key].includes(key);
  return isMeant && (operator === 'Exists' || (key !== '' && value === taint.value));
}
