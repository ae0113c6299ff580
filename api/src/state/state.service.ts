import { gapMs, type Scope, type StateAnswer, type StateQuery } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { containerFilter } from '../containers/container-filter.ts';
import { inOrder, page } from '../containers/container-order.ts';
import { containerSummary } from '../containers/container-summary.ts';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { BlockReader, LiveNodes } from '../live/live-nodes.ts';
import { eachNode, partialOf } from '../nodes/each-node.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { type NodeRecord, StoreUnavailableError } from '../store/store.ts';
import { nodeAt, type NodeAt } from './node-at.ts';

/** How often a node is scraped that memory does not know. */
const usualIntervalMs = 10_000;

interface Read {
  readonly at: NodeAt | undefined;
  readonly partial: string | null;
}

/** The cluster as it was at a time. */
@Injectable()
export class StateService {
  constructor(
    private readonly nodes: KnownNodes,
    private readonly live: LiveNodes,
    private readonly reader: BlockReader,
    private readonly descriptions: KnownDescriptions,
  ) {}

  async answer(scope: Scope, query: StateQuery, signal: AbortSignal): Promise<StateAnswer> {
    const records = await this.nodes.records();
    const read = await eachNode(records, async (record) => this.read(record, query.at), signal);
    const found = read.map(({ at }) => at).filter((at) => at !== undefined);
    const visible = found
      .flatMap(({ containers }) => containers)
      .filter(({ description }) => sees(scope, description.namespace))
      .filter(containerFilter(query));
    const { items, next } = page(inOrder(visible, query.sort), query.sort, query.limit, query.cursor);
    return {
      atMs: query.at,
      nodes: scope.kind === 'all' ? found.map(({ node }) => node).sort((a, b) => (a.name < b.name ? -1 : 1)) : [],
      containers: { items: items.map((container) => containerSummary(container)), total: visible.length, next },
      partial: partialOf(read),
    };
  }

  /** A node that was silent for longer than the gap limit was not there, as far as anybody knows. */
  private async read(record: NodeRecord, atMs: number): Promise<Read> {
    const gap = gapMs(this.live.get(record.id)?.intervalMs ?? usualIntervalMs);
    try {
      const { blocks, partial } = await this.reader.read(record.id, atMs - 2 * gap, atMs);
      const at = nodeAt(record, blocks, await this.descriptions.of(record.id, blocks), atMs);
      return { at: at !== undefined && at.node.lastTickMs >= atMs - gap ? at : undefined, partial };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return { at: undefined, partial: error.message };
    }
  }
}
