import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { agesOf, oldestSpan } from '../retention/ages.ts';
import { KnownNamespaces } from '../tiers/known-namespaces.ts';
import { NodeTiers, type TierDocuments, WorkloadTiers } from '../tiers/tier-documents.ts';
import { spanOf, tiers } from '../tiers/tiers.ts';
import { inGroups } from './in-groups.ts';

/** Removes sums, of any age that retention has left. */
@Injectable()
export class PurgedSums {
  constructor(
    private readonly nodeTiers: NodeTiers,
    private readonly workloadTiers: WorkloadTiers,
    private readonly namespaces: KnownNamespaces,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async removeNode(nodeId: string): Promise<void> {
    await this.remove(this.nodeTiers, nodeId);
  }

  /** Those of all workloads of a cluster, which are over all of its nodes. */
  async removeWorkloads(cluster: string): Promise<void> {
    for (const subject of await this.namespaces.all()) {
      if (subject.startsWith(`${cluster}/`)) await this.remove(this.workloadTiers, subject);
    }
  }

  private async remove(documents: TierDocuments, subject: string): Promise<void> {
    const nowMs = this.clock.nowMs();
    const ages = agesOf(this.config);
    for (const tier of Object.values(tiers)) {
      const last = spanOf(tier, nowMs);
      const spans = Array.from({ length: last - oldestSpan(ages, tier, nowMs) + 1 }, (_, index) => last - index);
      await inGroups(spans, (span) => documents.remove(tier, subject, span));
    }
  }
}
