import type { Monitor } from '../monitor.ts';
import type { DaemonSet } from '../observed/objects.ts';
import type { Applied } from '../status/findings.ts';
import type { Happening } from '../status/transitions.ts';

/**
 * Whether a DaemonSet belongs to a monitor. What nobody owns is nobody's, whatever its labels say, unless this process
 * made it: an owner that was taken off is put back.
 * @param madeUid of the one that this process made
 */
export function isOurs({ metadata }: DaemonSet, monitor: Monitor, madeUid?: string): boolean {
  return metadata.uid === madeUid || metadata.ownerReferences.some(({ uid }) => uid === monitor.metadata.uid);
}

export function nameTaken({ metadata }: DaemonSet): Applied {
  const message = `a DaemonSet named ${metadata.name} is there already and belongs to somebody else; delete it, or name the monitor otherwise`;
  return { kind: 'failed', reason: 'NameTaken', message };
}

interface Change {
  /** What is desired is what was applied before. */
  readonly isDrift: boolean;
  /** This process has not applied anything of this monitor before. */
  readonly isFirst: boolean;
  readonly now: DaemonSet | undefined;
  readonly after: DaemonSet;
}

/** What an apply did that is worth telling. */
export function whatHappened({ isDrift, isFirst, now, after }: Change): Happening | undefined {
  const { name, generation } = after.metadata;
  if (now === undefined) return isFirst ? normal('Created', `made DaemonSet ${name}`) : drifted(name);
  // A new leader applies what is there already.
  if (now.metadata.generation === generation) return undefined;
  return isDrift ? drifted(name) : normal('Updated', `DaemonSet ${name} follows the changed spec`);
}

function drifted(name: string): Happening {
  return normal('DriftCorrected', `DaemonSet ${name} was changed by another hand and is as the spec describes again`);
}

function normal(reason: string, note: string): Happening {
  return { type: 'Normal', reason, note };
}
