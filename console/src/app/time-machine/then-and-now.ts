import type { ContainerList, ContainerSummary, NodeStateAt, NodeSummary } from '@docksnap/contract';
import type { MarkKind } from '../ui/mark.ts';
import { containerMark, containerState } from '../containers/container-row.ts';
import { bytesNumber, coresNumber, formatShare, tableUnit, unknown } from '../units.ts';

/** A node then, beside what it uses now. */
export interface NodeRow {
  readonly id: string;
  readonly name: string;
  /** Undefined: it had not reported then. */
  readonly then: NodeStateAt | undefined;
  readonly cpu: string;
  readonly memory: string;
  readonly cpuNow: string;
}

/** Something that ran then: a container, or a pod with all of its containers. */
export interface UseRow {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly pod: string;
  readonly node: string;
  /** Null for a pod, which has no page of its own. */
  readonly containerId: string | null;
  readonly mark: MarkKind;
  readonly state: string;
  readonly cpu: string;
  readonly memory: string;
  readonly ofLimit: string;
  readonly memoryNow: string;
}

/** Nodes as they were, and those known now that had not reported then; by name. */
export function nodeRows(then: readonly NodeStateAt[], now: readonly NodeSummary[]): readonly NodeRow[] {
  const current = new Map(now.map((node) => [node.id, node]));
  const seen = new Set(then.map(({ id }) => id));
  const rows = then.map((node): NodeRow => {
    const later = current.get(node.id);
    return {
      id: node.id,
      name: node.name,
      then: node,
      cpu: coresNumber(node.cpuCores, 2),
      memory: bytesNumber(node.workingSetBytes, tableUnit(), 0),
      cpuNow: later === undefined ? 'gone' : later.state === 'silent' ? 'silent' : coresNumber(later.cpuCores, 2),
    };
  });
  const absent = now
    .filter(({ id }) => !seen.has(id))
    .map(({ id, name, state, cpuCores }): NodeRow => {
      const cpuNow = state === 'silent' ? 'silent' : coresNumber(cpuCores, 2);
      return { id, name, then: undefined, cpu: unknown, memory: unknown, cpuNow };
    });
  return [...rows, ...absent].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

const memory = (bytes: number | null) => bytesNumber(bytes, tableUnit(), 1);

function shareOf(used: number | null, limit: number | null): string {
  return used === null || limit === null || limit === 0 ? unknown : formatShare(used / limit);
}

/** Memory now: "gone" only where the list of now is whole. */
function nowWords(found: ContainerSummary | undefined, now: ContainerList | undefined): string {
  if (now === undefined) return unknown;
  if (found !== undefined) return found.state === 'gone' ? 'gone' : memory(found.workingSetBytes);
  return now.total > now.items.length ? unknown : 'gone';
}

/** Containers as they were. */
export function containerRows(then: readonly ContainerSummary[], now: ContainerList | undefined): readonly UseRow[] {
  const current = new Map(now?.items.map((container) => [container.id, container]));
  return then.map((container) => ({
    id: container.id,
    namespace: container.namespace,
    name: container.name,
    pod: container.pod,
    node: container.node,
    containerId: container.id,
    mark: containerMark(container),
    state: containerState(container),
    cpu: coresNumber(container.cpuCores, 3),
    memory: memory(container.workingSetBytes),
    ofLimit: shareOf(container.workingSetBytes, container.memoryLimitBytes),
    memoryNow: nowWords(current.get(container.id), now),
  }));
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** A limit of all together is there only where each has one. */
function sumOfAll(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : sum(values);
}

const worst: readonly MarkKind[] = ['critical', 'warning', 'unknown', 'ok'];

/** Their pods, each with the sums of its containers; in the order in which their first container comes. */
export function podRows(then: readonly ContainerSummary[], now: ContainerList | undefined): readonly UseRow[] {
  const later = Map.groupBy(now?.items ?? [], ({ podUid }) => podUid);
  return [...Map.groupBy(then, ({ podUid }) => podUid)].flatMap(([podUid, members]): UseRow[] => {
    const [first] = members;
    if (first === undefined) return [];
    const used = sum(members.map(({ workingSetBytes }) => workingSetBytes));
    const marks = members.map((member) => containerMark(member));
    const mark = worst.find((one) => marks.includes(one)) ?? 'unknown';
    const current = later.get(podUid)?.filter(({ state }) => state !== 'gone') ?? [];
    const isWhole = now !== undefined && now.total <= now.items.length;
    const gone = isWhole ? 'gone' : unknown;
    return [
      {
        id: podUid,
        namespace: first.namespace,
        name: first.pod,
        pod: members.map(({ name }) => name).join(', '),
        node: first.node,
        containerId: null,
        mark,
        state: containerState(members.find((member) => containerMark(member) === mark) ?? first),
        cpu: coresNumber(sum(members.map(({ cpuCores }) => cpuCores)), 3),
        memory: memory(used),
        ofLimit: shareOf(used, sumOfAll(members.map(({ memoryLimitBytes }) => memoryLimitBytes))),
        memoryNow: current.length === 0 ? gone : memory(sum(current.map(({ workingSetBytes }) => workingSetBytes))),
      },
    ];
  });
}
