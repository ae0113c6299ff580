import type { Timers } from '../work-queue.ts';
import type { Lease, LeaseSpec, Sighting } from './lease.ts';
import { heldBy, mayTake, released, renewDeadlineMs, sight } from './lease.ts';

/** Where the Lease is kept. */
export interface LeaseStore {
  read(): Promise<Lease | undefined>;
  /** @returns undefined when somebody else was faster */
  write(spec: LeaseSpec, before: Lease | undefined): Promise<Lease | undefined>;
}

interface ElectorOptions {
  readonly store: LeaseStore;
  readonly identity: string;
  readonly timers: Timers;
}

/** One candidate: it takes and renews the Lease, and knows for how long it may believe itself to hold it. */
export class Elector {
  readonly #options: ElectorOptions;
  #sighting: Sighting | undefined;
  /** When the last successful renewal was begun: the others saw it no earlier. */
  #renewedAtMs = -Infinity;

  constructor(options: ElectorOptions) {
    this.#options = options;
  }

  /** Whether the Lease is held for sure: a renewal succeeded within the deadline, which is shorter than the Lease. */
  get isLeading(): boolean {
    return this.leadsForMs > 0;
  }

  /** For how long that holds without another renewal, in ms. */
  get leadsForMs(): number {
    return this.#renewedAtMs + renewDeadlineMs - this.#options.timers.nowMs();
  }

  /** Takes or renews the Lease if it may. @returns whether this one holds it now. @throws KubeError */
  async tryOnce(): Promise<boolean> {
    const { store, identity, timers } = this.#options;
    const startedMs = timers.nowMs();
    const found = await store.read();
    if (found !== undefined) {
      this.#sighting = sight(this.#sighting, found, timers.nowMs());
      if (!mayTake(this.#sighting, identity, timers.nowMs())) return this.#lost();
    }
    const written = await store.write(heldBy(identity, found?.spec, new Date()), found);
    if (written === undefined) return this.#lost();
    this.#sighting = sight(this.#sighting, written, timers.nowMs());
    this.#renewedAtMs = startedMs;
    return true;
  }

  /** Lets go of the Lease, so that another need not wait for its end. */
  async release(): Promise<void> {
    const { store, identity } = this.#options;
    this.#renewedAtMs = -Infinity;
    const found = await store.read();
    if (found?.spec.holderIdentity === identity) await store.write(released(found.spec, new Date()), found);
  }

  #lost(): false {
    this.#renewedAtMs = -Infinity;
    return false;
  }
}
