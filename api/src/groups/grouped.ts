import type { GroupKindName, SeriesGroup, Workload } from '@docksnap/contract';
import { containerId } from '../containers/container-id.ts';
import type { Member } from '../series/member.ts';
import type { Belonging } from '../workloads/workload-of.ts';

/** Members that are one group. */
export interface Grouped {
  readonly group: SeriesGroup;
  readonly members: readonly Member[];
}

/** What members are grouped by; `label` where that is a label. */
export interface By {
  readonly by: GroupKindName;
  readonly label?: string | undefined;
}

/** Members by group. One whose description is not known any more is in no group. */
export function grouped(members: readonly Member[], by: By): Grouped[] {
  const byKey = new Map<string, { group: SeriesGroup; members: Member[] }>();
  for (const member of members) {
    const group = groupOf(member, by);
    if (group === undefined) continue;
    const found = byKey.get(group.key);
    if (found === undefined) byKey.set(group.key, { group, members: [member] });
    else {
      found.group = common(found.group, group);
      found.members.push(member);
    }
  }
  return [...byKey.values()].map(({ group, members: some }) => ({
    group: { ...group, members: some.length },
    members: some,
  }));
}

function groupOf({ record, track, belonging, name }: Member, by: By): SeriesGroup | undefined {
  const node = { key: record?.id ?? '', name: record?.name ?? '' };
  const counted = { node: nullIfEmpty(node.name), members: 1 };
  if (track.kind === 'node') return { ...node, ...nobody, ...counted };
  if (belonging === undefined) return undefined;
  const { namespace, workload, pod } = belonging;
  // What is counted per pod has the pod's key.
  const key = track.kind === 'pod' ? `${node.key}~${track.key}` : containerId(node.key, track.key);
  const named = namedBy(by, belonging, { container: { key, name }, node });
  return { ...named, namespace, workload, pod: nullIfEmpty(pod), ...counted };
}

/** What is over many nodes and pods has none. */
function nullIfEmpty(name: string): string | null {
  return name === '' ? null : name;
}

type Named = Pick<SeriesGroup, 'key' | 'name'>;

function namedBy(
  { by, label = '' }: By,
  { namespace, workload, pod, labels }: Belonging,
  own: Readonly<Record<'container' | 'node', Named>>,
): Named {
  switch (by) {
    case 'container':
    case 'node':
      return own[by];
    case 'pod':
      return { key: `${namespace}/${pod}`, name: pod };
    case 'workload':
      return { key: `${namespace}/${workload.kind}/${workload.name}`, name: workload.name };
    case 'namespace':
      return { key: namespace, name: namespace };
    case 'label': {
      const value = Object.hasOwn(labels, label) ? (labels[label] ?? '') : '';
      return { key: value, name: value };
    }
  }
}

const nobody = { namespace: null, workload: null, pod: null };

/** What is equal in both. */
function common(one: SeriesGroup, other: SeriesGroup): SeriesGroup {
  const isSameNamespace = one.namespace === other.namespace;
  const isSamePod = isSameNamespace && one.pod === other.pod;
  return {
    ...one,
    namespace: isSameNamespace ? one.namespace : null,
    workload: isSameWorkload(one.workload, other.workload) ? one.workload : null,
    pod: isSamePod ? one.pod : null,
    node: one.node === other.node ? one.node : null,
  };
}

function isSameWorkload(one: Workload | null, other: Workload | null): boolean {
  return one?.kind === other?.kind && one?.name === other?.name;
}
