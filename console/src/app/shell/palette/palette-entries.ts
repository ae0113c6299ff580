import type { ContainerSummary, NodeSummary, WorkloadSummary } from '@docksnap/contract';
import { containerMark, containerState } from '../../containers/container-row.ts';
import { kindWords, partOf } from '../../machines/machines.ts';
import { nodeMark } from '../../node/node-mark.ts';
import type { IconName } from '../../ui/icon.ts';
import type { MarkKind } from '../../ui/mark.ts';
import { coresNumber, counted, formatCores } from '../../units.ts';

/** One line of the palette: where it leads, or what it does. */
export interface PaletteEntry {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  /** A value at the right edge. */
  readonly aside: string;
  readonly icon: IconName | null;
  readonly mark: MarkKind | null;
  readonly path: readonly string[] | null;
  readonly action: 'help' | 'theme' | 'density' | 'link' | null;
}

export interface PaletteGroup {
  readonly name: string;
  readonly entries: readonly PaletteEntry[];
}

/** What the API knows. */
export interface Known {
  readonly nodes: readonly NodeSummary[];
  readonly workloads: readonly WorkloadSummary[];
  /** Those that match the words already. */
  readonly containers: readonly ContainerSummary[];
}

const mostOfKind = 6;
const blank = { detail: '', aside: '', icon: null, mark: null, path: null, action: null };

function page(title: string, icon: IconName, path: string): PaletteEntry {
  return { ...blank, key: `page ${path}`, title, icon, path: [path] };
}

const pages: readonly PaletteEntry[] = [
  page('Fleet', 'fleet', '/'),
  page('Workloads', 'workloads', '/workloads'),
  page('Containers', 'containers', '/containers'),
  page('Compare', 'compare', '/compare'),
  page('Events', 'events', '/events'),
  page('Time machine', 'past', '/time-machine'),
  page('Machines: add or remove one', 'node', '/machines'),
  page('Settings', 'settings', '/settings'),
  page('About DockSnap', 'chart', '/about'),
];

const actions: readonly PaletteEntry[] = [
  { ...blank, key: 'help', title: 'Show the keyboard help', icon: 'keyboard', action: 'help', aside: '?' },
  { ...blank, key: 'link', title: 'Copy a link to this page and its time', icon: 'link', action: 'link', aside: 'y' },
  { ...blank, key: 'theme', title: 'Switch between light and dark', icon: 'dark', action: 'theme', aside: 'v t' },
  {
    ...blank,
    key: 'density',
    title: 'Switch between comfortable and compact',
    icon: 'table',
    action: 'density',
    aside: 'v d',
  },
];

function nodeEntry(node: NodeSummary): PaletteEntry {
  const { kind, words } = nodeMark(node);
  return {
    ...blank,
    key: `node ${node.id}`,
    title: node.name,
    detail: `node, ${words.toLowerCase()}`,
    aside: node.cpuCores === null ? '' : `${coresNumber(node.cpuCores)} of ${formatCores(node.cores)}`,
    mark: kind,
    path: ['/nodes', node.id],
  };
}

function workloadEntry({ namespace, kind, name, pods, containers, cpuCores }: WorkloadSummary): PaletteEntry {
  const part = partOf(namespace);
  return {
    ...blank,
    key: `workload ${namespace}/${kind}/${name}`,
    title: `${namespace}/${name}`,
    detail: `${kindWords(kind)}, ${counted(part === 'pod' ? pods : containers, part)}`,
    aside: cpuCores === null ? '' : formatCores(cpuCores),
    icon: 'workloads',
    path: ['/workloads', namespace, kind, name],
  };
}

function containerEntry(container: ContainerSummary): PaletteEntry {
  return {
    ...blank,
    key: `container ${container.id}`,
    title: `${container.namespace}/${container.name}`,
    detail: `container in ${container.pod}, ${container.node}`,
    aside: container.state === 'running' ? formatCores(container.cpuCores) : containerState(container),
    mark: containerMark(container),
    path: ['/containers', container.id],
  };
}

/** The lines for what was typed: every word must occur. Without words, pages and actions alone. */
export function paletteGroups(typed: string, known: Known): readonly PaletteGroup[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matching = (entries: readonly PaletteEntry[]) =>
    entries.filter(({ title, detail }) => words.every((word) => `${title} ${detail}`.toLowerCase().includes(word)));
  const things =
    words.length === 0
      ? []
      : [
          { name: 'Nodes', entries: matching(known.nodes.map(nodeEntry)).slice(0, mostOfKind) },
          { name: 'Workloads', entries: matching(known.workloads.map(workloadEntry)).slice(0, mostOfKind) },
          { name: 'Containers', entries: known.containers.map(containerEntry).slice(0, mostOfKind) },
        ];
  const rest = [
    { name: 'Pages', entries: matching(pages) },
    { name: 'Actions', entries: matching(actions) },
  ];
  return [...things, ...rest].filter((group) => group.entries.length > 0);
}
