import type { Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { setImmediate as breath } from 'node:timers/promises';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { BlockReader } from '../live/live-nodes.ts';
import { type NodeRecord, StoreUnavailableError } from '../store/store.ts';
import type { NodeRow } from './parquet-file.ts';
import { type SampleRow, sampleRows, SeenSamples, type Span } from './sample-row.ts';

/** What is read of a node at a time: ten minutes, as parts are stored. */
const chunkMs = 600_000;
/** What is read before a period, so that a sample that an epoch before it saw is not given again. */
const beforeMs = 60_000;

/** Rows out of memory and store: one node after another, one chunk of time after another. */
@Injectable()
export class ExportedRows {
  constructor(
    private readonly reader: BlockReader,
    private readonly descriptions: KnownDescriptions,
    private readonly clock: Clock,
  ) {}

  /**
   * The rows of nodes that a scope holds. Rejects with StoreUnavailableError rather than leave something out.
   * @param namespace only this one
   */
  async *read(
    nodes: readonly NodeRecord[],
    span: Span,
    scope: Scope,
    namespace: string | undefined,
  ): AsyncGenerator<NodeRow> {
    const isWanted = (row: SampleRow): boolean =>
      row.namespace === undefined
        ? scope.kind === 'all' && namespace === undefined
        : sees(scope, row.namespace) && (namespace === undefined || namespace === row.namespace);
    for (const node of nodes) {
      for await (const row of this.rowsOf(node, span)) if (isWanted(row)) yield [row, node.name];
    }
  }

  private async *rowsOf(node: NodeRecord, span: Span): AsyncGenerator<SampleRow> {
    const seen = new SeenSamples();
    const endMs = Math.min(span.toMs, this.clock.nowMs() + beforeMs);
    for (let fromMs = span.fromMs - beforeMs; fromMs < endMs; fromMs += chunkMs) {
      const chunk = { fromMs, toMs: Math.min(fromMs + chunkMs, endMs) };
      const { blocks, partial } = await this.reader.read(node.id, chunk.fromMs, chunk.toMs - 1);
      if (partial !== null) throw new StoreUnavailableError(`the export would not be whole: ${partial}`);
      const descriptions = await this.descriptions.of(node.id, blocks);
      const within = { fromMs: Math.max(chunk.fromMs, span.fromMs), toMs: chunk.toMs };
      yield* sampleRows(blocks, descriptions, within, seen);
      seen.next();
      // Others are served between two chunks.
      await breath();
    }
  }
}
