import type { ContainerQuery } from '@docksnap/contract';
import { hasLabels } from '../workloads/labels.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import type { LiveContainer } from './live-containers.ts';

/** What may be asked of a container. */
export type ContainerWishes = Partial<Omit<ContainerQuery, 'sort' | 'limit' | 'cursor'>>;

/** Whether a container is among those that a list asks for. Those gone are only there when asked for. */
export function containerFilter(query: ContainerWishes): (container: LiveContainer) => boolean {
  const words = (query.q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (container) =>
    isInState(query.state, container.state) &&
    isOn(query.node, container) &&
    (query.namespace === undefined || query.namespace === container.description.namespace) &&
    isOf(query.workload, container) &&
    (query.image === undefined || container.description.image.includes(query.image)) &&
    (query.labels === undefined || hasLabels(container.description.labels, query.labels)) &&
    hasWords(words, container);
}

function isInState(asked: ContainerQuery['state'], state: LiveContainer['state']): boolean {
  return asked === undefined ? state !== 'gone' : state === asked;
}

/** A node is named by its id or its name. */
function isOn(node: string | undefined, { record }: LiveContainer): boolean {
  return node === undefined || node === record.id || node === record.name;
}

/** A workload is named as kind/name, or by a name of any kind. */
function isOf(workload: string | undefined, { description }: LiveContainer): boolean {
  if (workload === undefined) return true;
  const own = belongingOf(description)?.workload;
  return own !== undefined && (workload === own.name || workload === `${own.kind}/${own.name}`);
}

function hasWords(words: readonly string[], { description }: LiveContainer): boolean {
  if (words.length === 0) return true;
  const { namespace, pod, name, image, workload } = description;
  const texts = [namespace, pod, name, image, workload?.name ?? ''].map((text) => text.toLowerCase());
  return words.every((word) => texts.some((text) => text.includes(word)));
}
