import {
  type Scope,
  type WorkloadList,
  workloadListSchema,
  type WorkloadQuery,
  workloadQuerySchema,
  workloadSummarySchema,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { WorkloadsService } from './workloads.service.ts';

@ApiTags('workloads')
@Controller('api/v1/workloads')
@Access('reader')
export class WorkloadsController {
  constructor(private readonly workloads: WorkloadsService) {}

  @Get()
  @ApiOperation({ summary: 'Owning controllers of what runs now, with the sums of their containers' })
  @ApiResponse({ status: 200, standardSchema: workloadListSchema })
  @AsCsv(tableOf(workloadSummarySchema))
  async list(
    @Visible() scope: Scope,
    @Query({ schema: workloadQuerySchema }) query: WorkloadQuery,
  ): Promise<WorkloadList> {
    return this.workloads.list(scope, query);
  }
}
