import { Injectable } from '@nestjs/common';
import { type AcceptedBlocks, type LiveNode, LiveNodes } from '../live/live-nodes.ts';
import { type Latest, latestMetrics } from './latest.ts';
import { NodeLatest } from './node-latest.ts';

/** The newest values of a node's entities, by key. */
export interface LatestOfNode {
  get(key: string): Latest | undefined;
}

interface Kept {
  latest: NodeLatest;
  /** A block came late: what is kept no longer holds. */
  isStale: boolean;
}

/** The newest values of every entity of a node: carried on as blocks come, and made again only after a late one. */
@Injectable()
export class LatestValues {
  private readonly byNode = new WeakMap<LiveNode, Kept>();

  constructor(live: LiveNodes) {
    live.accepted.subscribe((accepted) => {
      this.take(accepted);
    });
  }

  of(node: LiveNode): LatestOfNode {
    const { lastTickMs } = node;
    const kept = this.byNode.get(node);
    if (lastTickMs === null || kept === undefined) return new Map<string, Latest>();
    if (kept.isStale) {
      const blocks = node.blocksIn(lastTickMs - kept.latest.reachMs, lastTickMs, latestMetrics);
      kept.latest = NodeLatest.of(blocks);
      kept.isStale = false;
    }
    return kept.latest;
  }

  private take({ node, blocks }: AcceptedBlocks): void {
    const kept = this.byNode.get(node) ?? { latest: new NodeLatest(), isStale: false };
    this.byNode.set(node, kept);
    for (const block of blocks) {
      if (kept.isStale) return;
      kept.isStale = !kept.latest.take(block);
    }
  }
}
