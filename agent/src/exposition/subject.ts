import type { GroupKind } from '@docksnap/contract';

/** What a row is about, in the kubelet's words; which entity that is, the pod list decides. */
export type Subject =
  | { readonly kind: 'node' }
  /** cgroup: path of its cgroup, which contains the pod's UID; empty on the small page. */
  | { readonly kind: 'pod'; readonly namespace: string; readonly pod: string; readonly cgroup: string }
  | {
      readonly kind: 'container';
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      readonly cgroup: string;
      /** The runtime's id; empty on the small page, which does not tell. */
      readonly runtimeId: string;
    };

/**
 * Interfaces by which a machine is wired, by the names that the kernel and udev give. Bridges, veths, tunnels and
 * bonds are left out: they carry again what the uplink carries, and a sum over all would count bytes twice.
 */
const uplink = /^(eth\d+|en(?!i)[a-z0-9]+|em\d+|p\d+p\d+|ib\w+|wl\w+|ww\w+)$/;

/** Whether an interface carries what leaves the machine. */
export function isUplink(name: string): boolean {
  return uplink.test(name);
}

const text = (labels: ReadonlyMap<string, string>, name: string): string => labels.get(name) ?? '';

/** The subject of a row of /metrics/resource: containers by name, the node by having no labels. */
export function resourceSubject(labels: ReadonlyMap<string, string>): Subject | undefined {
  const [namespace, pod, container] = [text(labels, 'namespace'), text(labels, 'pod'), text(labels, 'container')];
  if (labels.size === 0) return { kind: 'node' };
  if (namespace === '' || pod === '' || container === '') return undefined;
  return { kind: 'container', namespace, pod, container, cgroup: '', runtimeId: '' };
}

/**
 * The subject of a row of /metrics/cadvisor, or undefined for what DockSnap does not store: system slices, QoS
 * classes, and a sandbox's own cgroup. Network rows stand at the sandbox and count for the pod; at the root, the
 * uplinks' for the node.
 */
export function cadvisorSubject(labels: ReadonlyMap<string, string>, group: GroupKind): Subject | undefined {
  const cgroup = text(labels, 'id');
  if (cgroup === '/') return isNodeRow(labels, group) ? { kind: 'node' } : undefined;
  const [namespace, pod, name] = [text(labels, 'namespace'), text(labels, 'pod'), text(labels, 'name')];
  if (namespace === '' || pod === '') return undefined;
  const container = text(labels, 'container');
  const isContainer = container !== '' && container !== 'POD';
  if (group === 'network') return isContainer ? undefined : { kind: 'pod', namespace, pod, cgroup };
  if (isContainer) return { kind: 'container', namespace, pod, container, cgroup, runtimeId: name };
  return name === '' ? { kind: 'pod', namespace, pod, cgroup } : undefined;
}

function isNodeRow(labels: ReadonlyMap<string, string>, group: GroupKind): boolean {
  return group !== 'network' || isUplink(text(labels, 'interface'));
}

/** Equal for the rows of one reading: one cgroup on the big page, one name on the small one. */
export function subjectKey(subject: Subject): string {
  if (subject.kind === 'node') return 'node';
  const container = subject.kind === 'container' ? subject.container : '';
  return [subject.namespace, subject.pod, container, subject.cgroup].join('\n');
}
