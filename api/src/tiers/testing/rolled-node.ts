import type { Block } from '@docksnap/contract';
import { encodeBlock } from '@docksnap/contract/codec';
import { zstd } from '../../codec/zstd.ts';
import type { Clock } from '../../clock.ts';
import { claimOf } from '../../parts/claim.ts';
import { Days } from '../../parts/days.ts';
import type { Storable } from '../../parts/new-parts.ts';
import { PartAdder } from '../../parts/part-adder.ts';
import { RawWindows } from '../../parts/raw-windows.ts';
import { blocksOf, joined, type Row } from '../../series/testing/blocks.ts';
import type { Collections } from '../../store/collections.ts';
import { windowOf } from '../../store/identifiers.ts';
import { settled, SpanMarks, WindowMarks } from '../marks.ts';
import { NodeRollUp } from '../node-roll-up.ts';
import { SumsReader } from '../sums-reader.ts';
import { NodeTiers, WorkloadTiers } from '../tier-documents.ts';

export const rolledId = 'f'.repeat(16);

/** Blocks of up to `most` ticks each, of one tick each `everyMs` from fromMs to toMs. */
export function steadyBlocks(
  fromMs: number,
  toMs: number,
  rows: (atMs: number) => Row[],
  { everyMs = 10_000, most = 6 } = {},
): Block[] {
  const times = Array.from(
    { length: Math.floor((toMs - fromMs) / everyMs) + 1 },
    (_, index) => fromMs + index * everyMs,
  );
  const ticks = times.map((at) => ({ at, rows: rows(at), epoch: 'a'.repeat(32), intervalMs: everyMs }));
  return joined(blocksOf(ticks), most);
}

/** A node's parts and their roll-up, put together as the application does, on some database. */
export class RolledNode {
  readonly marks;
  readonly spanMarks;
  readonly tiers;
  readonly reader;
  private readonly adder;
  private readonly rollUp;

  constructor(
    collections: Collections,
    private readonly clock: Clock,
  ) {
    const raw = new RawWindows(collections);
    this.marks = new WindowMarks(collections, clock);
    this.spanMarks = new SpanMarks(collections, clock);
    this.tiers = new NodeTiers(collections);
    this.reader = new SumsReader(this.tiers, new WorkloadTiers(collections));
    this.adder = new PartAdder(raw, new Days(collections), this.marks);
    this.rollUp = new NodeRollUp(raw, this.tiers, this.spanMarks);
  }

  /** Stores blocks in the windows of their first ticks. */
  async store(blocks: readonly Block[]): Promise<void> {
    const byWindow = Map.groupBy(blocks, ({ tickTimes: [first = 0] }) => windowOf(first));
    for (const [window, some] of byWindow) await this.adder.add(rolledId, window, some.map(storable));
  }

  /** Rolls up what is marked now. */
  async roll(): Promise<void> {
    const marks = await this.marks.list();
    const read = await this.rollUp.roll(
      rolledId,
      marks.map(({ window }) => window),
    );
    await this.marks.remove(settled(marks, read, this.clock.nowMs()));
  }
}

function storable(block: Block): Storable {
  const bytes = encodeBlock(block, zstd);
  const firstTickMs = block.tickTimes[0] ?? 0;
  return { ...claimOf(block, bytes), firstTickMs, byteLength: bytes.byteLength, block: () => block };
}
