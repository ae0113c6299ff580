import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Leases } from '../leases/leases.ts';
import { Store } from '../store/store.ts';
import type { DirtyPart } from './dirty-windows.ts';
import { dueBefore, guarded, type NodeMarks, turnMs } from './due.ts';
import { settled, SpanMarks } from './marks.ts';
import { SpanRollUp } from './span-roll-up.ts';

/** How long a marked span may wait for more of its cluster: all nodes are read to add it up. */
export const spansWaitMs = 60 * 60_000;

/** Rolls up marked spans of five-minute sums. One replica does it, to save work; two at once would be right as well. */
@Injectable()
export class SpansJob {
  private readonly log = new Logger('RollUp');

  constructor(
    private readonly leases: Leases,
    private readonly marks: SpanMarks,
    private readonly spans: SpanRollUp,
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** One round. Rejects with StoreUnavailableError: what is still marked is done by the next. */
  async turn(): Promise<void> {
    if (!(await this.leases.hold('roll-up-spans'))) return;
    const startMs = this.clock.nowMs();
    const due = dueBefore(await this.marks.list(), startMs - spansWaitMs);
    if (due.length === 0) return;
    const clusters = new Map((await this.store.nodes()).map(({ id, cluster }) => [id, cluster]));
    for (const [cluster, nodes] of Map.groupBy(due, ([nodeId]) => clusters.get(nodeId) ?? '')) {
      if (this.clock.nowMs() - startMs >= turnMs) return;
      await guarded(this.log, `cluster ${cluster} is not added up`, () => this.rollCluster(cluster, nodes));
    }
  }

  /** The cluster's sums are made before the marks of any of its nodes go. */
  private async rollCluster(cluster: string, nodes: readonly NodeMarks[]): Promise<void> {
    const done: DirtyPart[] = [];
    const spans = new Set<number>();
    for (const [nodeId, marks] of nodes) {
      for (const { window } of marks) spans.add(window);
      const read = await this.spans.hours(nodeId, [...new Set(marks.map(({ window }) => window))]);
      done.push(...settled(marks, read, this.clock.nowMs()));
    }
    for (const span of spans) await this.spans.addUp(cluster, span);
    await this.marks.remove(done);
  }
}
