import type { Clock } from '../../clock.ts';
import { RawWindows } from '../../parts/raw-windows.ts';
import type { Collections } from '../../store/collections.ts';
import { SpanMarks, WindowMarks } from '../../tiers/marks.ts';
import { NodeRollUp } from '../../tiers/node-roll-up.ts';
import { NodeTiers } from '../../tiers/tier-documents.ts';

/** A roll-up that removes the marks before it inserts the sums: what the checks must catch. */
export class HastyRollUp extends NodeRollUp {
  private readonly windowMarks: WindowMarks;

  constructor(collections: Collections, clock: Clock) {
    super(new RawWindows(collections), new NodeTiers(collections), new SpanMarks(collections, clock));
    this.windowMarks = new WindowMarks(collections, clock);
  }

  override async roll(nodeId: string, windows: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const marks = await this.windowMarks.list();
    await this.windowMarks.remove(marks.filter((mark) => mark.nodeId === nodeId && windows.includes(mark.window)));
    return super.roll(nodeId, windows);
  }
}
