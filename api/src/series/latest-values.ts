import type { Block } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import type { LiveNode } from '../live/live-nodes.ts';
import { type Latest, latestOf } from './latest.ts';

/** The newest values of every entity of a node, computed once per tick. */
@Injectable()
export class LatestValues {
  private readonly byNewestBlock = new WeakMap<Block, ReadonlyMap<string, Latest>>();

  /** By entity key. */
  of(node: LiveNode): ReadonlyMap<string, Latest> {
    const newest = node.blocks.at(-1);
    if (newest === undefined) return new Map();
    const found = this.byNewestBlock.get(newest) ?? latestOf(node.blocks);
    this.byNewestBlock.set(newest, found);
    return found;
  }
}
