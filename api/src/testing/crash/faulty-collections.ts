import { setImmediate as turn } from 'node:timers/promises';
import { Collections, type DocumentSet, type Identified } from '../../store/collections.ts';
import { StoreUnavailableError } from '../../store/store.ts';
import type { Random } from './random.ts';

/** How often a call ends its replica, or fails, and how many turns of the event loop it may take. */
export interface Faults {
  readonly kill: number;
  readonly fail: number;
  readonly turns: number;
}

/**
 * A replica's way to the database, at each call of which the replica may die, before the database did anything or after
 * it, or hear nothing though the call was or was not carried out. What waits for a dead replica waits for ever.
 */
export class FaultyCollections extends Collections {
  isDead = false;
  /** Resolves when the replica dies. */
  readonly died: Promise<null>;
  private readonly die: () => void;

  constructor(
    private readonly database: Collections,
    private readonly random: Random,
    private readonly faults: () => Faults,
  ) {
    super();
    const { promise, resolve } = Promise.withResolvers<null>();
    this.died = promise;
    this.die = () => {
      this.isDead = true;
      resolve(null);
    };
  }

  kill(): void {
    this.die();
  }

  override of<D extends Identified>(name: string): DocumentSet<D> {
    const documents = this.database.of<D>(name);
    return {
      find: (id, ...without) => this.call(() => documents.find(id, ...without)),
      all: () => this.call(() => documents.all()),
      insert: (document) => this.call(() => documents.insert(document)),
      replace: async (some) => {
        // One document after another: nothing holds for several together.
        for (const document of some) await this.call(() => documents.replace([document]));
      },
      remove: (id) => this.call(() => documents.remove(id)),
      drop: () => this.call(() => documents.drop()),
    };
  }

  override nowMs(): Promise<number> {
    return this.call(() => this.database.nowMs());
  }

  private async call<T>(work: () => Promise<T>): Promise<T> {
    await this.pass();
    const result = await work();
    await this.pass();
    return result;
  }

  /** Here the replica may die, the call may be lost, and others may come first. */
  private async pass(): Promise<void> {
    const { kill, fail, turns } = this.faults();
    if (this.random.chance(kill)) this.die();
    for (let left = this.random.below(turns + 1); left > 0; left -= 1) await turn();
    if (this.isDead) await new Promise<never>(() => undefined);
    if (this.random.chance(fail)) throw new StoreUnavailableError('the call was lost; try again');
  }
}
