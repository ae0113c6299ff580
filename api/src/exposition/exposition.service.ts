import { gapMs, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { heardEveryMs } from '../live/heard-every.ts';
import { BlockReader, type LiveNode, LiveNodes } from '../live/live-nodes.ts';
import { eachNode } from '../nodes/each-node.ts';
import { measuredText } from './measured-text.ts';
import { newestSamples } from './newest-samples.ts';
import { stateText } from './state-text.ts';
import { type VisibleNode, visibleNode } from './visible-node.ts';

/** Clocks of nodes may be ahead of ours by what is tolerated, and a little. */
const aheadMs = 60_000;

/** The latest values of everything that a scope holds, as Prometheus reads them. */
@Injectable()
export class ExpositionService {
  constructor(
    private readonly live: LiveNodes,
    private readonly reader: BlockReader,
    private readonly clock: Clock,
  ) {}

  /** The page, in pieces. A node that is silent is not on it, nor is a sample older than a gap. */
  async page(scope: Scope): Promise<Iterable<string>> {
    const nowMs = this.clock.nowMs();
    const speaking = this.live.all().filter((node) => nowMs - (node.lastTickMs ?? 0) <= gapMs(heardEveryMs(node)));
    return pageOf(await eachNode(speaking, async (node) => this.visible(node, scope, nowMs)));
  }

  private async visible(node: LiveNode, scope: Scope, nowMs: number): Promise<VisibleNode> {
    const sinceMs = nowMs - gapMs(heardEveryMs(node));
    const { blocks } = await this.reader.read(node.record.id, sinceMs, nowMs + aheadMs);
    return visibleNode(node, newestSamples(blocks, sinceMs), scope);
  }
}

function* pageOf(nodes: readonly VisibleNode[]): Generator<string> {
  yield* inPieces(measuredText(nodes));
  yield* inPieces(stateText(nodes));
}

/** Rows are short: many of them are sent at once. */
function* inPieces(rows: Iterable<string>): Generator<string> {
  let piece = '';
  for (const row of rows) {
    piece += row;
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
