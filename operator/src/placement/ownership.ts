import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { Node } from '../observed/objects.ts';
import { claimsOf, unshared, type Claim } from './owners.ts';

interface World {
  readonly monitors: () => readonly Monitor[];
  readonly nodes: () => readonly Node[];
}

/** Who owns which nodes now, found out anew only when monitors or nodes have changed. */
export class Ownership {
  readonly #world: World;
  #claims: ReadonlyMap<string, Claim> | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** A monitor's spec, or labels or taints of a node, are no longer what they were. */
  forget(): void {
    this.#claims = undefined;
  }

  of(monitor: Monitor): Claim {
    this.#claims ??= claimsOf(this.#world.monitors(), this.#world.nodes());
    return this.#claims.get(keyOf(monitor.metadata)) ?? unshared;
  }
}
