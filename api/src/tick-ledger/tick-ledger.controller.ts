import {
  type LedgerAnswer,
  ledgerAnswerSchema,
  type LedgerQuery,
  ledgerQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Clock } from '../clock.ts';
import { BlockReader } from '../live/live-nodes.ts';
import { NodesService } from '../nodes/nodes.service.ts';
import { Problem } from '../problem/problem.ts';
import { epochsOf } from './tick-ledger.ts';

const hourMs = 3_600_000;
/** Ten-second ticks of a day: as many as are read for one answer without harm to others. */
const longestMs = 24 * hourMs;
const noMetrics: ReadonlySet<number> = new Set();

@ApiTags('nodes')
@Controller('api/v1/nodes/:id/ledger')
@Access('reader')
export class TickLedgerController {
  constructor(
    private readonly nodes: NodesService,
    private readonly reader: BlockReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Which ticks of a node are stored, counted in the store; by default of the last hour' })
  @ApiResponse({ status: 200, standardSchema: ledgerAnswerSchema })
  async answer(
    @Visible() scope: Scope,
    @Param('id') id: string,
    @Query({ schema: ledgerQuerySchema }) query: LedgerQuery,
  ): Promise<LedgerAnswer> {
    const node = await this.nodes.detail(scope, id);
    const toMs = query.to ?? this.clock.nowMs();
    const fromMs = query.from ?? Math.max(0, toMs - hourMs);
    if (fromMs > toMs || toMs - fromMs > longestMs) {
      const message = `from ${fromMs} to ${toMs} is no range of at most 24 hours; ask for one`;
      throw new Problem(422, 'invalid_query', message, { parameter: 'from' });
    }
    const { blocks, partial } = await this.reader.read(node.id, fromMs, toMs, noMetrics);
    return { fromMs, toMs, epochs: epochsOf(blocks), partial };
  }
}
