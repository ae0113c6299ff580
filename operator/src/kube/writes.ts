import type { V1DaemonSet } from '@kubernetes/client-node';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Monitor } from '../monitor.ts';
import type { DaemonSet } from '../observed/objects.ts';
import { daemonSetSchema } from '../observed/objects.ts';
import type { Happening } from '../status/transitions.ts';
import type { KubeConnection } from './connection.ts';
import { KubeError } from './kube-error.ts';
import { paths } from './paths.ts';

const fieldManager = 'docksnap-operator';
/** The longest note that an event may have. */
const noteBytes = 1024;

/** All that the operator writes besides its Lease. */
export class Writes {
  readonly #connection: KubeConnection;
  readonly #identity: string;

  constructor(connection: KubeConnection, identity: string) {
    this.#connection = connection;
    this.#identity = identity;
  }

  /** The DaemonSet as it is now, past any cache; undefined when there is none. */
  async daemonSet(namespace: string, name: string): Promise<DaemonSet | undefined> {
    try {
      return daemonSetSchema.parse(await this.#connection.request('GET', `${paths.daemonSets(namespace)}/${name}`));
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Makes the fields that we own as given, by server-side apply; fields of others stay. */
  async applyDaemonSet(desired: V1DaemonSet): Promise<DaemonSet> {
    const { name = '', namespace = '' } = desired.metadata ?? {};
    const applied = await this.#connection.request('PATCH', `${paths.daemonSets(namespace)}/${name}`, {
      query: { fieldManager, force: 'true' },
      contentType: 'application/apply-patch+yaml',
      body: desired,
    });
    return daemonSetSchema.parse(applied);
  }

  /** Replaces the status: members that the new one lacks are taken out. */
  async writeStatus(
    { metadata }: Monitor,
    before: DockSnapMonitorStatus | undefined,
    status: DockSnapMonitorStatus,
  ): Promise<void> {
    const gone = Object.fromEntries(Object.keys(before ?? {}).map((name) => [name, null]));
    await this.#connection.request('PATCH', `${paths.monitors(metadata.namespace)}/${metadata.name}/status`, {
      query: { fieldManager },
      contentType: 'application/merge-patch+json',
      body: { status: { ...gone, ...status } },
    });
  }

  /** Tells what happened to a monitor (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/). */
  async tell({ metadata }: Monitor, action: string, { type, reason, note }: Happening): Promise<void> {
    const { namespace, name, uid, resourceVersion } = metadata;
    await this.#connection.request('POST', paths.events(namespace), {
      query: { fieldManager },
      body: {
        metadata: { generateName: `${name}-`, namespace },
        eventTime: new Date().toISOString().replace('Z', '000Z'),
        reportingController: 'docksnap.io/operator',
        reportingInstance: this.#identity,
        action,
        type,
        reason,
        note: note.slice(0, noteBytes),
        regarding: { apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor', namespace, name, uid, resourceVersion },
      },
    });
  }
}
