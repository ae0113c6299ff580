import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { Node } from '../observed/objects.ts';
import { nodeFilter } from './placement.ts';

/** Another monitor that wants the same nodes, and which. */
export interface Overlap {
  /** namespace/name */
  readonly monitor: string;
  readonly nodes: readonly string[];
}

/** What a monitor shares with others. */
export interface Claim {
  /** The older monitor that keeps the nodes: this one has to wait. */
  readonly refusedFor: Overlap | undefined;
  /** Younger ones that wait for this one. */
  readonly keptFrom: readonly Overlap[];
}

export const unshared: Claim = { refusedFor: undefined, keptFrom: [] };

/**
 * Who owns which nodes: the oldest monitor that wants a node has it, and a younger one that wants any of an older one's
 * nodes gets none at all, for half a monitor would be hard to understand. One that is refused keeps nothing from
 * others; one that is being deleted wants nothing.
 */
export function claimsOf(monitors: readonly Monitor[], nodes: readonly Node[]): ReadonlyMap<string, Claim> {
  const owners = new Map<string, string>();
  const claims = new Map<string, Claim>();
  for (const monitor of byAge(monitors.filter(({ metadata }) => metadata.deletionTimestamp === undefined))) {
    const key = keyOf(monitor.metadata);
    const wanted = nodes.filter(nodeFilter(monitor)).map(({ metadata }) => metadata.name);
    const overlap = overlapOf(wanted, owners);
    if (overlap === undefined) {
      for (const name of wanted) owners.set(name, key);
      claims.set(key, unshared);
      continue;
    }
    claims.set(key, { ...unshared, refusedFor: overlap });
    const older = claims.get(overlap.monitor) ?? unshared;
    claims.set(overlap.monitor, { ...older, keptFrom: [...older.keptFrom, { ...overlap, monitor: key }] });
  }
  return claims;
}

/** The first owner of any of these nodes, and all of them that it owns. */
function overlapOf(wanted: readonly string[], owners: ReadonlyMap<string, string>): Overlap | undefined {
  const monitor = wanted.map((name) => owners.get(name)).find((owner) => owner !== undefined);
  return monitor === undefined ? undefined : { monitor, nodes: wanted.filter((name) => owners.get(name) === monitor) };
}

/** Oldest first; of those made in the same second, by name. */
function byAge(monitors: readonly Monitor[]): Monitor[] {
  const place = ({ metadata }: Monitor): string => `${metadata.creationTimestamp} ${keyOf(metadata)}`;
  return monitors.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
