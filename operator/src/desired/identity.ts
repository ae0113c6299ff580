import type { Monitor } from '../monitor.ts';

/** Labels that belong to the agents of one monitor, and by which their pods are found. */
export function selectorOf(monitor: Monitor): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'docksnap',
    'app.kubernetes.io/component': 'agent',
    'app.kubernetes.io/instance': monitor.metadata.name,
  };
}

/** Selects the agents' pods of every monitor: what the operator watches. */
export const agentsSelector = 'app.kubernetes.io/name=docksnap,app.kubernetes.io/component=agent';

/** The name of a monitor's DaemonSet. */
export function daemonSetName(monitor: Monitor): string {
  return `${monitor.metadata.name}-agent`;
}

/** The monitor of a DaemonSet or pod with these labels. */
export function monitorNameOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labels['app.kubernetes.io/instance'];
}
