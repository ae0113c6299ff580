import { Injectable } from '@nestjs/common';
import { Store } from '../store/store.ts';
import { KnownNamespaces } from '../tiers/known-namespaces.ts';
import { NodeTiers, WorkloadTiers } from '../tiers/tier-documents.ts';
import { tiers } from '../tiers/tiers.ts';
import type { Ages } from './ages.ts';
import { Remover } from './remover.ts';

/** Everything that is removed by age. */
@Injectable()
export class Subjects {
  constructor(
    private readonly remover: Remover,
    private readonly store: Store,
    private readonly namespaces: KnownNamespaces,
    private readonly nodeTiers: NodeTiers,
    private readonly workloadTiers: WorkloadTiers,
  ) {}

  async remove(ages: Ages): Promise<void> {
    await this.remover.removeWindows(ages);
    for (const { id } of await this.store.nodes()) {
      for (const tier of Object.values(tiers)) await this.remover.removeSpans(this.nodeTiers, tier, id, ages);
    }
    for (const subject of await this.namespaces.all()) {
      for (const tier of [tiers.m5, tiers.h1]) await this.remover.removeSpans(this.workloadTiers, tier, subject, ages);
    }
  }
}
