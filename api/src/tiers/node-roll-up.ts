import { setImmediate as turn } from 'node:timers/promises';
import { type Block, gapMs, intervalOf } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { RawWindows } from '../parts/raw-windows.ts';
import { windowOf } from '../store/identifiers.ts';
import { rollUp } from './roll-up.ts';
import { noNarrower, spliced } from './splice.ts';
import type { NodeSums } from './sums.ts';
import { SpanMarks } from './marks.ts';
import { NodeTiers } from './tier-documents.ts';
import { endOf, minuteTierIntervalMs, spansOf, stepsAround, type Tier, tiers } from './tiers.ts';

/** Windows that are rolled up together: what is read of a large node for more would not fit into memory. */
const windowsTogether = 6;

/** Rolls up raw windows into sums of five minutes, and of one minute where scrapes are that dense. */
@Injectable()
export class NodeRollUp {
  constructor(
    private readonly raw: RawWindows,
    private readonly documents: NodeTiers,
    private readonly marks: SpanMarks,
  ) {}

  /**
   * Makes good the sums that these windows have a part in, and returns how many parts were read of each. Doing it
   * again, or twice at once, gives the same. Rejects with StoreUnavailableError.
   */
  async roll(nodeId: string, windows: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const partsRead = new Map<number, number>();
    for (const run of runsOf(windows)) await this.rollRun(nodeId, run, partsRead);
    return partsRead;
  }

  private async rollRun(nodeId: string, windows: readonly number[], partsRead: Map<number, number>): Promise<void> {
    const blocks: Block[] = [];
    const read = new Set<number>();
    const add = async (window: number): Promise<void> => {
      if (read.has(window)) return;
      read.add(window);
      const found = await this.raw.read(nodeId, window);
      blocks.push(...found.blocks);
      if (windows.includes(window)) partsRead.set(window, found.parts);
    };
    for (const window of windows) await add(window);
    const reach = reachOf(blocks);
    if (reach === undefined) return;
    for (const tier of tiersFor(blocks)) {
      const steps = stepsAround(tier, reach.fromMs, reach.toMs);
      // A block may reach into the window after its own.
      const first = windowOf(steps.fromMs - reach.gapMs) - 1;
      for (let window = first; window <= windowOf(endOf(steps) + reach.gapMs); window += 1) await add(window);
      await this.write(nodeId, tier, rollUp(blocks, steps));
      await turn();
    }
  }

  private async write(nodeId: string, tier: Tier, fresh: NodeSums): Promise<void> {
    for (const span of spansOf(tier, fresh.steps)) {
      const announce = (v: number): Promise<void> =>
        tier.name === 'm5' ? this.marks.mark(nodeId, span, v) : Promise.resolve();
      await this.documents.change(
        tier,
        nodeId,
        span,
        (before) => spliced([before, ...noNarrower(before, fresh)], before.steps),
        announce,
      );
    }
  }
}

/** In ascending runs of windows that follow each other. */
function runsOf(windows: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const window of [...new Set(windows)].sort((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run?.at(-1) === window - 1 && run.length < windowsTogether) run.push(window);
    else runs.push([window]);
  }
  return runs;
}

/** The time in which these blocks change anything: a sample says something of the time until its neighbours. */
function reachOf(blocks: readonly Block[]): { fromMs: number; toMs: number; gapMs: number } | undefined {
  if (blocks.length === 0) return undefined;
  let [fromMs, toMs, longest] = [Infinity, -Infinity, 0];
  for (const block of blocks) {
    fromMs = Math.min(fromMs, block.tickTimes[0] ?? Infinity);
    toMs = Math.max(toMs, block.tickTimes.at(-1) ?? -Infinity);
    longest = Math.max(
      longest,
      gapMs(block.intervalMs),
      ...block.groups.map((group) => gapMs(intervalOf(block, group))),
    );
  }
  return { fromMs: fromMs - longest, toMs: toMs + longest, gapMs: longest };
}

function tiersFor(blocks: readonly Block[]): readonly Tier[] {
  return blocks.some(({ intervalMs }) => intervalMs <= minuteTierIntervalMs) ? [tiers.m1, tiers.m5] : [tiers.m5];
}
