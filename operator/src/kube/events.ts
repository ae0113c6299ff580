import { randomBytes } from 'node:crypto';
import type { Monitor } from '../monitor.ts';
import type { Happening } from '../status/transitions.ts';
import type { RequestOptions } from './connection.ts';
import { paths } from './paths.ts';

/** The longest note that an event may have. */
const noteBytes = 1024;
/** What happens again within this time is one event with a count, as in client-go. */
const seriesMs = 6 * 60_000;

type Send = (method: 'POST' | 'PATCH', path: string, options: RequestOptions) => Promise<unknown>;

interface Told {
  readonly name: string;
  readonly count: number;
  readonly atMs: number;
}

/**
 * Tells what happened to monitors, as events
 * (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/): the same again is counted in the
 * event that is there.
 */
export class Events {
  readonly #send: Send;
  readonly #identity: string;
  readonly #told = new Map<string, Told>();

  /** @param identity this replica's name */
  constructor(send: Send, identity: string) {
    this.#send = send;
    this.#identity = identity;
  }

  /** @throws KubeError */
  async tell(monitor: Monitor, happening: Happening, nowMs = Date.now()): Promise<void> {
    for (const [key, { atMs }] of this.#told) if (nowMs - atMs > seriesMs) this.#told.delete(key);
    const key = [monitor.metadata.uid, happening.reason, happening.note].join('\n');
    const before = this.#told.get(key);
    const told = { name: before?.name ?? nameOf(monitor), count: (before?.count ?? 0) + 1, atMs: nowMs };
    if (before === undefined) await this.#begin(monitor, happening, told);
    else await this.#again(monitor, told);
    this.#told.set(key, told);
  }

  async #begin({ metadata }: Monitor, { type, reason, note }: Happening, { name: own, atMs }: Told): Promise<void> {
    const { namespace, name, uid, resourceVersion } = metadata;
    await this.#send('POST', paths.events(namespace), {
      body: {
        metadata: { name: own, namespace },
        eventTime: microTime(atMs),
        reportingController: 'docksnap.io/operator',
        reportingInstance: this.#identity,
        action: 'Reconcile',
        type,
        reason,
        note: note.slice(0, noteBytes),
        regarding: { apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor', namespace, name, uid, resourceVersion },
      },
    });
  }

  async #again({ metadata }: Monitor, { name, count, atMs }: Told): Promise<void> {
    await this.#send('PATCH', `${paths.events(metadata.namespace)}/${name}`, {
      contentType: 'application/merge-patch+json',
      body: { series: { count, lastObservedTime: microTime(atMs) } },
    });
  }
}

function nameOf({ metadata }: Monitor): string {
  return `${metadata.name}.${randomBytes(8).toString('hex')}`;
}

/** Kubernetes' MicroTime: RFC 3339 with six decimals. */
function microTime(unixMs: number): string {
  return new Date(unixMs).toISOString().replace('Z', '000Z');
}
