import type { V1DaemonSet } from '@kubernetes/client-node';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Monitor } from '../monitor.ts';
import type { DaemonSet } from '../observed/objects.ts';
import { daemonSetSchema } from '../observed/objects.ts';
import type { Happening } from '../status/transitions.ts';
import type { KubeConnection, Method, RequestOptions } from './connection.ts';
import { Events } from './events.ts';
import { isRefusal, KubeError } from './kube-error.ts';
import { paths } from './paths.ts';

const fieldManager = 'docksnap-operator';

/** Who else holds fields that an apply wants, as the API server says it. */
export interface Conflict {
  readonly manager: string;
  /** Paths such as .spec.template.spec.nodeSelector. */
  readonly fields: readonly string[];
}

/** All that the operator writes besides its Lease. Nothing is sent unless this replica leads at that moment. */
export class Writes {
  readonly #connection: KubeConnection;
  readonly #isLeading: () => boolean;
  readonly #events: Events;

  constructor(connection: KubeConnection, identity: string, isLeading: () => boolean) {
    this.#connection = connection;
    this.#isLeading = isLeading;
    this.#events = new Events((method, path, options) => this.#write(method, path, options), identity);
  }

  /** The DaemonSet as it is now, past any cache; undefined when there is none. */
  async daemonSet(namespace: string, name: string): Promise<DaemonSet | undefined> {
    try {
      return daemonSetSchema.parse(await this.#connection.request('GET', `${paths.daemonSets(namespace)}/${name}`));
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  }

  /**
   * Makes the fields that we own as given, by server-side apply; fields of others stay.
   * @param force whether to take fields from those who hold them; else nothing is written when somebody does
   */
  async applyDaemonSet(desired: V1DaemonSet, force: boolean): Promise<DaemonSet> {
    const { name = '', namespace = '' } = desired.metadata ?? {};
    const applied = await this.#write('PATCH', `${paths.daemonSets(namespace)}/${name}`, {
      query: { force },
      contentType: 'application/apply-patch+yaml',
      body: desired,
    });
    return daemonSetSchema.parse(applied);
  }

  /** Deletes one DaemonSet and no other of its name; its pods follow. */
  async deleteDaemonSet({ metadata: { namespace = '', name, uid } }: DaemonSet): Promise<void> {
    await this.#write('DELETE', `${paths.daemonSets(namespace)}/${name}`, {
      body: { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid } },
    });
  }

  /** Replaces the status: members that the new one lacks are taken out. */
  async writeStatus(
    { metadata }: Monitor,
    before: DockSnapMonitorStatus | undefined,
    status: DockSnapMonitorStatus,
  ): Promise<void> {
    const gone = Object.fromEntries(Object.keys(before ?? {}).map((name) => [name, null]));
    await this.#write('PATCH', `${paths.monitors(metadata.namespace)}/${metadata.name}/status`, {
      contentType: 'application/merge-patch+json',
      body: { status: { ...gone, ...status } },
    });
  }

  /**
   * Replaces a monitor's finalizers, unless somebody has written it since it was read.
   * @throws KubeError 409 then
   */
  async writeFinalizers({ metadata }: Monitor, finalizers: readonly string[]): Promise<void> {
    await this.#write('PATCH', `${paths.monitors(metadata.namespace)}/${metadata.name}`, {
      contentType: 'application/merge-patch+json',
      body: { metadata: { resourceVersion: metadata.resourceVersion, finalizers } },
    });
  }

  /** Tells what happened to a monitor. */
  async tell(monitor: Monitor, happening: Happening): Promise<void> {
    await this.#events.tell(monitor, happening);
  }

  async #write(method: Method, path: string, options: RequestOptions): Promise<unknown> {
    const query = { ...options.query, ...(method !== 'DELETE' && { fieldManager }) };
    return this.#connection.request(method, path, { ...options, query, onlyIf: this.#isLeading });
  }
}

/** Whom an apply without force ran into; nobody when it failed for another reason. */
export function conflictsOf(error: unknown): Conflict[] {
  if (!(error instanceof KubeError) || error.status !== 409) return [];
  const byManager = new Map<string, string[]>();
  for (const { reason, message, field } of error.causes) {
    const manager = /^conflict with "([^"]+)"/.exec(message)?.[1];
    if (reason !== 'FieldManagerConflict' || manager === undefined) continue;
    byManager.set(manager, [...(byManager.get(manager) ?? []), field]);
  }
  return [...byManager].map(([manager, fields]) => ({ manager, fields }));
}
