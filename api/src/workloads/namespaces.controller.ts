import {
  type NamespaceList,
  namespaceListSchema,
  namespaceSummarySchema,
  type Scope,
  type WorkloadQuery,
  workloadQuerySchema,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { WorkloadsService } from './workloads.service.ts';

@ApiTags('workloads')
@Controller('api/v1/namespaces')
@Access('reader')
export class NamespacesController {
  constructor(private readonly workloads: WorkloadsService) {}

  @Get()
  @ApiOperation({ summary: 'Namespaces in which something runs now, with the sums of their containers' })
  @ApiResponse({ status: 200, standardSchema: namespaceListSchema })
  @AsCsv(tableOf(namespaceSummarySchema))
  async list(
    @Visible() scope: Scope,
    @Query({ schema: workloadQuerySchema }) query: WorkloadQuery,
  ): Promise<NamespaceList> {
    return this.workloads.namespaces(scope, query);
  }
}
