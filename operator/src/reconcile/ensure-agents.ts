import type { V1DaemonSet } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { DaemonSet } from '../observed/objects.ts';
import { isRefusal } from '../kube/kube-error.ts';
import type { Writes } from '../kube/writes.ts';
import type { Applied } from '../status/findings.ts';
import type { Happening } from '../status/transitions.ts';

export interface Ensured {
  readonly applied: Applied;
  readonly happened?: Happening;
}

interface LastApplied {
  readonly desired: V1DaemonSet;
  readonly uid: string;
  /** What the API server made of it: another generation means that somebody changed the spec. */
  readonly generation: number;
}

/**
 * Keeps the agents' DaemonSet as desired, and writes only when it is not: what was applied last is compared with what
 * is desired now, and its generation with the one that is there now. Server-side apply does the rest.
 */
export class AgentsKeeper {
  readonly #writes: Writes;
  readonly #last = new Map<string, LastApplied>();

  constructor(writes: Writes) {
    this.#writes = writes;
  }

  forget(monitorKey: string): void {
    this.#last.delete(monitorKey);
  }

  /**
   * Applies what is desired unless it is there already.
   * @param found the DaemonSet as the cache has it, which may be a moment old
   * @throws KubeError when that is worth another try
   */
  async ensure(monitor: Monitor, desired: V1DaemonSet, found: DaemonSet | undefined): Promise<Ensured> {
    const last = this.#last.get(keyOf(monitor.metadata));
    if (isAsApplied(last, desired, found)) return { applied: { kind: 'applied' } };
    try {
      return await this.#apply(monitor, desired, last);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      return { applied: { kind: 'failed', reason, message: String(error) } };
    }
  }

  async #apply(monitor: Monitor, desired: V1DaemonSet, last: LastApplied | undefined): Promise<Ensured> {
    const { namespace } = monitor.metadata;
    const now = await this.#writes.daemonSet(namespace, desired.metadata?.name ?? '');
    if (now !== undefined && !isOurs(now, monitor)) return { applied: nameTaken(now) };
    const after = await this.#writes.applyDaemonSet(desired);
    const { uid, generation } = after.metadata;
    this.#last.set(keyOf(monitor.metadata), { desired, uid, generation });
    const happened = whatHappened({ last, desired, now, after });
    return { applied: { kind: 'applied' }, ...(happened && { happened }) };
  }
}

/** What another try would not change; it is tried all the same, for rights and quotas do change. */
function refusalOf(error: unknown): string | undefined {
  if (isRefusal(error, 403)) return 'Forbidden';
  return isRefusal(error, 422) ? 'Invalid' : undefined;
}

function isAsApplied(last: LastApplied | undefined, desired: V1DaemonSet, found: DaemonSet | undefined): boolean {
  if (last === undefined || found === undefined) return false;
  return (
    found.metadata.uid === last.uid &&
    found.metadata.generation === last.generation &&
    hasLabels(found, desired) &&
    isDeepStrictEqual(last.desired, desired)
  );
}

/** A change of labels or owners leaves the generation alone. */
function hasLabels(found: DaemonSet, desired: V1DaemonSet): boolean {
  const labels = Object.entries(desired.metadata?.labels ?? {});
  const [owner] = desired.metadata?.ownerReferences ?? [];
  return (
    labels.every(([name, value]) => found.metadata.labels[name] === value) &&
    found.metadata.ownerReferences.some(({ uid }) => uid === owner?.uid)
  );
}

/** Ours, or nobody's but labelled as ours: an owner that was taken off is put back. */
function isOurs({ metadata }: DaemonSet, monitor: Monitor): boolean {
  if (metadata.ownerReferences.length > 0)
    return metadata.ownerReferences.some(({ uid }) => uid === monitor.metadata.uid);
  return metadata.labels['app.kubernetes.io/managed-by'] === 'docksnap-operator';
}

function nameTaken({ metadata }: DaemonSet): Applied {
  const message = `a DaemonSet named ${metadata.name} is there already and belongs to somebody else; delete it, or name the monitor otherwise`;
  return { kind: 'failed', reason: 'NameTaken', message };
}

function whatHappened(change: {
  last: LastApplied | undefined;
  desired: V1DaemonSet;
  now: DaemonSet | undefined;
  after: DaemonSet;
}): Happening | undefined {
  const { last, desired, now, after } = change;
  const { name, generation } = after.metadata;
  if (now === undefined && last === undefined) return normal('Created', `made DaemonSet ${name}`);
  if (now?.metadata.generation === generation || last === undefined) return undefined;
  return isDeepStrictEqual(last.desired, desired)
    ? normal('DriftCorrected', `DaemonSet ${name} was changed by another hand and is as the spec describes again`)
    : normal('Updated', `DaemonSet ${name} follows the changed spec`);
}

function normal(reason: string, note: string): Happening {
  return { type: 'Normal', reason, note };
}
