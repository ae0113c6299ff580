import type { DockSnapMonitorSpec, DockSnapMonitorStatus } from './generated/monitor.ts';

/** A DockSnapMonitor as the API server keeps it: checked by its schema, defaults filled in. */
export interface Monitor {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly generation: number;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string | undefined;
    readonly finalizers: readonly string[];
  };
  readonly spec: DockSnapMonitorSpec;
  readonly status?: DockSnapMonitorStatus | undefined;
}

/** namespace/name: what queues and caches know an object by. */
export function keyOf({
  namespace = '',
  name,
}: {
  readonly namespace?: string | undefined;
  readonly name: string;
}): string {
  return `${namespace}/${name}`;
}
