import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { type NodeRecord, Store } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { coarsened } from './coarsen.ts';
import { KnownNamespaces } from './known-namespaces.ts';
import { noNarrower, spliced } from './splice.ts';
import { type NodeSums, ticksIn } from './sums.ts';
import { NodeTiers, WorkloadTiers } from './tier-documents.ts';
import { endOf, spanOf, stepsAround, stepsOfSpan, tiers } from './tiers.ts';
import { workloadSubject, WorkloadSums } from './workload-sums.ts';

/** Rolls up spans of five-minute sums: each node's into hours, and all nodes' into sums by namespace and workload. */
@Injectable()
export class SpanRollUp {
  constructor(
    private readonly nodes: NodeTiers,
    private readonly workloads: WorkloadTiers,
    private readonly namespaces: KnownNamespaces,
    private readonly descriptions: KnownDescriptions,
    private readonly store: Store,
  ) {}

  /**
   * Makes good the hours of a node that these spans have a part in; returns how many revisions of each are in them.
   * Doing it again, or twice at once, gives the same. Rejects with StoreUnavailableError.
   */
  async hours(nodeId: string, spans: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const read = new Map<number, number>();
    for (const span of new Set(spans)) {
      const found = await this.nodes.read(tiers.m5, nodeId, span);
      if (found === undefined) continue;
      await this.addHours(this.nodes, nodeId, found.sums);
      read.set(span, found.v + 1);
      await turn();
    }
    return read;
  }

  /** Adds up a span over all nodes of a cluster, by namespace and workload. */
  async addUp(cluster: string, span: number): Promise<void> {
    const steps = stepsOfSpan(tiers.m5, span);
    const total = new WorkloadSums(steps);
    for (const node of await this.store.nodes()) {
      if (node.cluster === cluster) await this.addNode(total, node, span);
      await turn();
    }
    for (const [namespace, sums] of total.namespaces()) {
      const subject = workloadSubject(cluster, namespace);
      await this.namespaces.add(cluster, namespace);
      // Who read less than is written already came too late.
      await this.workloads.change(tiers.m5, subject, span, (before) =>
        ticksIn(before) > ticksIn(sums) ? undefined : sums,
      );
      await this.addHours(this.workloads, subject, sums);
      await turn();
    }
  }

  private async addNode(total: WorkloadSums, { id }: NodeRecord, span: number): Promise<void> {
    const found = await this.nodes.read(tiers.m5, id, span);
    if (found === undefined) return;
    const known = await this.descriptions.of(id, [{ entities: [...found.sums.entities.values()] }]);
    total.add(found.sums, ({ description }) => belongingOf(known.get(description)));
  }

  private async addHours(documents: NodeTiers | WorkloadTiers, subject: string, sums: NodeSums): Promise<void> {
    const { fromMs } = sums.steps;
    const hours = coarsened(sums, stepsAround(tiers.h1, fromMs, endOf(sums.steps)));
    const week = spanOf(tiers.h1, fromMs + 1);
    await documents.change(tiers.h1, subject, week, (before) =>
      // Who read less than is written already came too late here as well.
      spliced([before, ...noNarrower(before, hours)], before.steps),
    );
  }
}
