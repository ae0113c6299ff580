import type { Block } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { ClaimIndex } from '../parts/claim.ts';
import { Days } from '../parts/days.ts';
import { KeptParts } from '../parts/kept-parts.ts';
import { unpackClaims } from '../parts/packed-claims.ts';
import type { Part } from '../parts/part.ts';
import { blocksOfPart, RawWindows } from '../parts/raw-windows.ts';
import type { HeldBlock } from '../recent/held-block.ts';
import { reachMs } from '../recent/node-ticks.ts';
import { Recent } from '../recent/recent.ts';
import { windowOf } from './identifiers.ts';
import { StoreUnavailableError } from './store.ts';

/** How many windows are read at once. */
const concurrency = 4;
/** How long one range may take, in ms: an hour takes well under a second. */
const rangeMs = 10_000;

/** Reads blocks of a range: the last 15 minutes from memory, what is older from parts, and from memory what is not there. */
@Injectable()
export class StoredBlocks {
  private readonly kept = new KeptParts();

  constructor(
    private readonly memory: Recent,
    private readonly windows: RawWindows,
    private readonly days: Days,
    private readonly clock: Clock,
  ) {}

  /** As Store.recentBlocks. */
  recent(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly Block[] {
    return this.memory.node(nodeId).ticks.read(fromMs, toMs, only);
  }

  /** As Store.blocks. */
  async read(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): Promise<readonly Block[]> {
    const memoryFromMs = this.clock.nowMs() - reachMs;
    if (fromMs >= memoryFromMs) return this.recent(nodeId, fromMs, toMs, only);
    // Memory first: what it lets go of meanwhile was in parts before.
    const { ticks } = this.memory.node(nodeId);
    const held = ticks.touched(fromMs, toMs, only);
    const parts = await this.parts(
      nodeId,
      fromMs,
      Math.min(toMs, memoryFromMs),
      only === undefined ? undefined : this.kept,
    );
    const blocks = parts.flatMap((part) => this.blocksOf(part, only, fromMs, toMs));
    blocks.push(...ticks.decoded(withoutThoseIn(parts, held), only));
    return blocks.sort((a, b) => (a.tickTimes[0] ?? 0) - (b.tickTimes[0] ?? 0));
  }

  /** Of all metrics is read what is read once, such as an export. */
  private blocksOf(part: Part, only: ReadonlySet<number> | undefined, fromMs: number, toMs: number): readonly Block[] {
    if (only === undefined) return [...blocksOfPart(part, only, fromMs, toMs)];
    return this.kept.blocks(part, only, fromMs, toMs);
  }

  /** A block lies in the window of its first tick and spans one window at most, so the one before is looked at too. */
  private async parts(
    nodeId: string,
    fromMs: number,
    toMs: number,
    kept: KeptParts | undefined,
  ): Promise<readonly Part[]> {
    const deadline = AbortSignal.timeout(rangeMs);
    const first = windowOf(fromMs) - 1;
    const count = Math.max(0, windowOf(toMs) - first + 1);
    const windows = await this.days.among(
      nodeId,
      Array.from({ length: count }, (_, index) => first + index),
    );
    const parts: Part[] = [];
    for (let next = 0; next < windows.length; next += concurrency) {
      const together = windows.slice(next, next + concurrency);
      const read = await Promise.all(together.map((window) => this.window(nodeId, window, deadline, kept)));
      parts.push(...read.flat());
    }
    return parts;
  }

  private async window(
    nodeId: string,
    window: number,
    deadline: AbortSignal,
    kept: KeptParts | undefined,
  ): Promise<readonly Part[]> {
    const parts: Part[] = [];
    for await (const part of this.windows.from(nodeId, window, 0, kept)) {
      if (deadline.aborted) {
        throw new StoreUnavailableError(`the range was not read within ${rangeMs} ms; ask for a shorter one`);
      }
      parts.push(part);
    }
    return parts;
  }
}

function withoutThoseIn(parts: readonly Part[], held: readonly HeldBlock[]): readonly HeldBlock[] {
  if (held.length === 0) return held;
  const inParts = new ClaimIndex();
  for (const { entries } of parts) for (const claim of entries.flatMap(unpackClaims)) inParts.add(claim);
  return held.filter((block) => inParts.judge(block).kind === 'fresh');
}
