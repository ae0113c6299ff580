import type { Random } from './random.ts';
import type { SimReplica } from './sim-replica.ts';

/** Two replicas, each of which another follows when it dies. */
export class ReplicaPair {
  kills = 0;
  private replicas: readonly SimReplica[];

  constructor(private readonly start: () => SimReplica) {
    this.replicas = [start(), start()];
  }

  replaceDead(): void {
    this.replicas = this.replicas.map((replica) => {
      if (!replica.isDead) return replica;
      this.kills += 1;
      return this.start();
    });
  }

  one(random: Random): SimReplica {
    return random.one(this.replicas) ?? this.start();
  }

  /** Ends both. */
  end(): void {
    for (const { collections } of this.replicas) collections.kill();
  }
}
