import type { V1DaemonSet } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { DaemonSet } from '../observed/objects.ts';
import { KubeError } from '../kube/kube-error.ts';
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

  /** @param found the DaemonSet as the cache has it, which may be a moment old */
  async ensure(monitor: Monitor, desired: V1DaemonSet, found: DaemonSet | undefined): Promise<Ensured> {
    const key = keyOf(monitor.metadata);
    const last = this.#last.get(key);
    if (last !== undefined && found !== undefined && isAsApplied(last, desired, found))
      return { applied: { kind: 'applied' } };
    try {
      const now = await this.#writes.daemonSet(monitor.metadata.namespace, desired.metadata?.name ?? '');
      if (now !== undefined && !isOurs(now, monitor)) return { applied: nameTaken(now) };
      const after = await this.#writes.applyDaemonSet(desired);
      this.#last.set(key, { desired, uid: after.metadata.uid, generation: after.metadata.generation });
      const happened = whatHappened({ last, desired, now, after });
      return { applied: { kind: 'applied' }, ...(happened && { happened }) };
    } catch (error) {
      if (!(error instanceof KubeError) || (error.status !== 403 && error.status !== 422)) throw error;
      return {
        applied: { kind: 'failed', reason: error.status === 403 ? 'Forbidden' : 'Invalid', message: error.message },
      };
    }
  }
}

function isAsApplied(last: LastApplied, desired: V1DaemonSet, found: DaemonSet): boolean {
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
  const name = after.metadata.name;
  if (now === undefined && last === undefined)
    return { type: 'Normal', reason: 'Created', note: `made DaemonSet ${name}` };
  const changed = now === undefined || now.metadata.generation !== after.metadata.generation;
  if (!changed || last === undefined) return undefined;
  return isDeepStrictEqual(last.desired, desired)
    ? {
        type: 'Normal',
        reason: 'DriftCorrected',
        note: `DaemonSet ${name} was changed by another hand and is as the spec describes again`,
      }
    : { type: 'Normal', reason: 'Updated', note: `DaemonSet ${name} follows the changed spec` };
}
