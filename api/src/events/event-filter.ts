import type { EventRecord, EventsQuery, Scope } from '@docksnap/contract';
import { sees } from '../access/scope.ts';

/** Whether an event is one that somebody may see and asks for. What is in no namespace is for those who see all. */
export function eventFilter(scope: Scope, query: EventsQuery): (event: EventRecord) => boolean {
  const words = (query.q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (event) =>
    (event.namespace === null ? scope.kind === 'all' : sees(scope, event.namespace)) &&
    isAbout(query, event) &&
    (query.kinds === undefined || query.kinds.includes(event.kind)) &&
    (query.warnings === undefined || event.isWarning) &&
    hasWords(words, event);
}

function isAbout({ node, namespace, workload, container }: EventsQuery, event: EventRecord): boolean {
  const owner = event.workload === null ? '' : [event.namespace, event.workload.kind, event.workload.name].join('/');
  return (
    (node === undefined || node === event.nodeId || node === event.node) &&
    (namespace === undefined || namespace === event.namespace) &&
    (workload === undefined || workload === owner) &&
    (container === undefined || container === event.containerId)
  );
}

function hasWords(words: readonly string[], event: EventRecord): boolean {
  if (words.length === 0) return true;
  const { reason, message, namespace, workload, pod, container, node } = event;
  const texts = [reason, message, namespace, workload?.name, pod, container, node].map((text) =>
    (text ?? '').toLowerCase(),
  );
  return words.every((word) => texts.some((text) => text.includes(word)));
}
