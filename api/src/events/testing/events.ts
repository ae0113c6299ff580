import type { EventRecord } from '@docksnap/contract';

/** A restart at noon in namespace shop. */
export function anEvent(differences: Partial<EventRecord> = {}): EventRecord {
  const atMs = differences.atMs ?? Date.UTC(2026, 10, 24, 12);
  return {
    id: 'e',
    kind: 'restart',
    isWarning: false,
    atMs,
    firstMs: atMs,
    count: 1,
    reason: 'Restarted',
    message: 'Started again',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    pod: 'web-1',
    containerId: 'n1~p~web',
    container: 'web',
    nodeId: 'n1',
    node: 'node-1',
    ...differences,
  };
}
