import {
  containerSummarySchema,
  type Scope,
  type StateAnswer,
  stateAnswerSchema,
  type StateQuery,
  stateQuerySchema,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { StateService } from './state.service.ts';

const containersTable = tableOf(containerSummarySchema);

@ApiTags('nodes')
@Controller('api/v1/state')
@Access('reader')
export class StateController {
  constructor(private readonly state: StateService) {}

  @Get()
  @ApiOperation({ summary: 'Which nodes, pods and containers ran where at a time, with what use, requests and limits' })
  @ApiResponse({ status: 200, standardSchema: stateAnswerSchema })
  @AsCsv(({ containers }: StateAnswer) => containersTable(containers))
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: stateQuerySchema }) query: StateQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<StateAnswer> {
    return this.state.answer(scope, query, signal);
  }
}
