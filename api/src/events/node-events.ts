import type { EventRecord, Silence } from '@docksnap/contract';
import type { NodeRecord } from '../store/store.ts';
import { once } from './container-events.ts';

/** How a node was when it was looked at. */
export interface NodeLook {
  readonly silence: Silence | null;
  readonly lastTickMs: number | null;
}

/** What befell a node between two looks: it fell silent, or it is back. Ids follow from facts. */
export function nodeEvents(record: NodeRecord, before: NodeLook, after: NodeLook): readonly EventRecord[] {
  const about = { namespace: null, workload: null, pod: null, containerId: null, container: null };
  const node = { ...about, nodeId: record.id, node: record.name };
  const { silence, lastTickMs } = after;
  if (before.silence === null && silence?.sinceMs != null) {
    const { sinceMs, reason, message } = silence;
    const id = `silent/${record.id}/${sinceMs}`;
    return [
      { id, kind: 'node-silent', isWarning: true, ...once(sinceMs), reason, message: `Silent: ${message}`, ...node },
    ];
  }
  if (before.silence?.sinceMs != null && silence === null && lastTickMs !== null) {
    const seconds = Math.round((lastTickMs - before.silence.sinceMs) / 1000);
    const id = `back/${record.id}/${before.silence.sinceMs}`;
    const message = `Samples come again, after ${seconds} s of silence`;
    return [{ id, kind: 'node-back', isWarning: false, ...once(lastTickMs), reason: 'Reporting', message, ...node }];
  }
  return [];
}
