import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Leases } from '../leases/leases.ts';
import { dueBefore, guarded, turnMs } from './due.ts';
import { settled, WindowMarks } from './marks.ts';
import { NodeRollUp } from './node-roll-up.ts';

/** How long a marked window may wait for more of its node: each roll-up writes a span anew. */
export const windowsWaitMs = 30 * 60_000;

/** Rolls up marked windows. One replica does it, to save work; two at once would be right as well. */
@Injectable()
export class WindowsJob {
  private readonly log = new Logger('RollUp');

  constructor(
    private readonly leases: Leases,
    private readonly marks: WindowMarks,
    private readonly nodes: NodeRollUp,
    private readonly clock: Clock,
  ) {}

  /** One round. Rejects with StoreUnavailableError: what is still marked is done by the next. */
  async turn(): Promise<void> {
    if (!(await this.leases.hold('roll-up'))) return;
    const startMs = this.clock.nowMs();
    for (const [nodeId, marks] of dueBefore(await this.marks.list(), startMs - windowsWaitMs)) {
      if (this.clock.nowMs() - startMs >= turnMs) return;
      await guarded(this.log, `node ${nodeId} is not rolled up`, async () => {
        const windows = marks.map(({ window }) => window);
        const read = await this.nodes.roll(nodeId, windows);
        await this.marks.remove(settled(marks, read, this.clock.nowMs()));
      });
    }
  }
}
