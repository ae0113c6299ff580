import type { V1DaemonSet } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { DaemonSet } from '../observed/objects.ts';
import { isRefusal } from '../kube/kube-error.ts';
import { conflictsOf, type Conflict, type Writes } from '../kube/writes.ts';
import type { Applied } from '../status/findings.ts';
import type { Happening } from '../status/transitions.ts';
import { Fights, type Fight } from './fights.ts';
import { isOurs, nameTaken, whatHappened } from './daemon-set-change.ts';

export interface Ensured {
  readonly applied: Applied;
  readonly happened?: Happening | undefined;
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
  readonly #nowMs: () => number;
  readonly #last = new Map<string, LastApplied>();
  readonly #fights = new Fights();

  constructor(writes: Writes, nowMs: () => number) {
    this.#writes = writes;
    this.#nowMs = nowMs;
  }

  forget(monitorKey: string): void {
    this.#last.delete(monitorKey);
    this.#fights.forget(monitorKey);
  }

  /** What was applied last by this process; undefined when nothing was. */
  lastOf(monitor: Monitor): V1DaemonSet | undefined {
    return this.#last.get(keyOf(monitor.metadata))?.desired;
  }

  /**
   * Applies what is desired unless it is there already.
   * @param found the DaemonSet as the cache has it, which may be a moment old
   * @throws KubeError when that is worth another try
   */
  async ensure(monitor: Monitor, desired: V1DaemonSet, found: DaemonSet | undefined): Promise<Ensured> {
    const last = this.#last.get(keyOf(monitor.metadata));
    if (isAsApplied(last, desired, found)) return { applied: this.#appliedNow(monitor) };
    try {
      return await this.#apply(monitor, desired, last);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      return { applied: { kind: 'failed', reason, message: adviceOn(reason, String(error)) } };
    }
  }

  /** Deletes the agents of a monitor that may have none, if they are its own. */
  async remove(monitor: Monitor, found: DaemonSet | undefined): Promise<void> {
    this.forget(keyOf(monitor.metadata));
    if (found === undefined || found.metadata.deletionTimestamp !== undefined || !isOurs(found, monitor)) return;
    await this.#writes.deleteDaemonSet(found).catch((error: unknown) => {
      // Gone already, or another one by now: the cache will tell.
      if (!isRefusal(error, 404) && !isRefusal(error, 409)) throw error;
    });
  }

  async #apply(monitor: Monitor, desired: V1DaemonSet, last: LastApplied | undefined): Promise<Ensured> {
    const { namespace } = monitor.metadata;
    const now = await this.#writes.daemonSet(namespace, desired.metadata?.name ?? '');
    // An owner that was taken off one that this process made is put back.
    if (now !== undefined && !isOurs(now, monitor) && now.metadata.uid !== last?.uid)
      return { applied: nameTaken(now) };
    const isDrift = now !== undefined && isDeepStrictEqual(last?.desired, desired);
    if (isDrift) return this.#repair(monitor, desired, now);
    const after = await this.#writes.applyDaemonSet(desired, true);
    this.#remember(monitor, desired, after);
    const happened = whatHappened({ isDrift: false, isFirst: last === undefined, now, after });
    return { applied: this.#appliedNow(monitor), happened };
  }

  #remember(monitor: Monitor, desired: V1DaemonSet, { metadata: { uid, generation } }: DaemonSet): void {
    this.#last.set(keyOf(monitor.metadata), { desired, uid, generation });
  }

  /** Makes as it was what another hand has changed, unless that is fought over and it is too early. */
  async #repair(monitor: Monitor, desired: V1DaemonSet, now: DaemonSet): Promise<Ensured> {
    const fight = this.#fightOf(monitor);
    if (fight !== undefined && fight.waitMs > 0) return { applied: applyConflict(fight) };
    const after = await this.#takeBack(monitor, desired);
    this.#remember(monitor, desired, after);
    const happened = whatHappened({ isDrift: true, isFirst: false, now, after });
    return { applied: this.#appliedNow(monitor), happened };
  }

  /** Takes fields back from whoever holds them, and remembers from whom. */
  async #takeBack(monitor: Monitor, desired: V1DaemonSet): Promise<DaemonSet> {
    try {
      return await this.#writes.applyDaemonSet(desired, false);
    } catch (error) {
      const conflicts = conflictsOf(error);
      if (conflicts.length === 0) throw error;
      const after = await this.#writes.applyDaemonSet(desired, true);
      for (const conflict of conflicts) this.#fights.add(keyOf(monitor.metadata), conflict, this.#nowMs());
      return after;
    }
  }

  #fightOf({ metadata }: Monitor): Fight | undefined {
    return this.#fights.of(keyOf(metadata), this.#nowMs());
  }

  #appliedNow(monitor: Monitor): Applied {
    const fight = this.#fightOf(monitor);
    return fight === undefined ? { kind: 'applied' } : applyConflict(fight);
  }
}

/** What another try would not change; it is tried all the same, for rights and quotas do change. */
function refusalOf(error: unknown): string | undefined {
  if (isRefusal(error, 403)) return 'Forbidden';
  return isRefusal(error, 422) || isRefusal(error, 400) ? 'Invalid' : undefined;
}

function adviceOn(reason: string, message: string): string {
  return reason === 'Forbidden'
    ? `${message}; give the operator's ServiceAccount that right, as the chart does, or look for a quota or webhook that refuses it`
    : `${message}; correct that field of the spec`;
}

function applyConflict({ manager, fields }: Conflict): Applied {
  const which = fields.join(', ');
  const message = `"${manager}" changes ${which} of the agents' DaemonSet again and again, and the operator changes it back, once a minute now; make "${manager}" leave it alone, or set managementState to Paused`;
  return { kind: 'failed', reason: 'ApplyConflict', message };
}

function isAsApplied(last: LastApplied | undefined, desired: V1DaemonSet, found: DaemonSet | undefined): boolean {
  if (last === undefined || found === undefined) return false;
  return (
    found.metadata.uid === last.uid &&
    found.metadata.generation === last.generation &&
    hasMetadata(found, desired) &&
    isDeepStrictEqual(last.desired, desired)
  );
}

/** A change of labels, annotations or owners leaves the generation alone. */
function hasMetadata({ metadata }: DaemonSet, desired: V1DaemonSet): boolean {
  const has = (present: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>> = {}): boolean =>
    Object.entries(wanted).every(([name, value]) => present[name] === value);
  const [owner] = desired.metadata?.ownerReferences ?? [];
  return (
    has(metadata.labels, desired.metadata?.labels) &&
    has(metadata.annotations, desired.metadata?.annotations) &&
    metadata.ownerReferences.some(({ uid }) => uid === owner?.uid)
  );
}
