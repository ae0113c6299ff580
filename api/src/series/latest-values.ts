import { gapMs } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import type { LiveNode } from '../live/live-nodes.ts';
import { type Latest, latestOf } from './latest.ts';

interface Computed {
  readonly tickMs: number;
  readonly latest: ReadonlyMap<string, Latest>;
}

/** The newest values of every entity of a node, computed once per tick. */
@Injectable()
export class LatestValues {
  private readonly byNode = new WeakMap<LiveNode, Computed>();

  /** By entity key. */
  of(node: LiveNode): ReadonlyMap<string, Latest> {
    const { lastTickMs } = node;
    if (lastTickMs === null) return new Map();
    const known = this.byNode.get(node);
    if (known?.tickMs === lastTickMs) return known.latest;
    const latest = latestOf(node.blocksIn(lastTickMs - 2 * gapMs(node.intervalMs), lastTickMs));
    this.byNode.set(node, { tickMs: lastTickMs, latest });
    return latest;
  }
}
