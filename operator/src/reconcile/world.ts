import type { Monitor } from '../monitor.ts';
import type { DaemonSet, Node, Pod } from '../observed/objects.ts';
import type { Reporting } from '../reporting/reporting.ts';

/** What reconciling reads: caches of what was watched, and what the API last said. */
export interface World {
  monitor(key: string): Monitor | undefined;
  daemonSet(namespace: string, name: string): DaemonSet | undefined;
  /** The pods of one monitor's agents. */
  agents(monitor: Monitor): readonly Pod[];
  nodes(): readonly Node[];
  reporting(): Reporting;
}
