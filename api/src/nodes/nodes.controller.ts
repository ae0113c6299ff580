import {
  type NodeDetail,
  nodeDetailSchema,
  type NodeList,
  nodeListSchema,
  nodeSummarySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { NodesService } from './nodes.service.ts';

@ApiTags('nodes')
@Controller('api/v1/nodes')
@Access('reader')
export class NodesController {
  constructor(private readonly nodes: NodesService) {}

  @Get()
  @ApiOperation({ summary: 'Every node: those that report, those that are silent and why' })
  @ApiResponse({ status: 200, standardSchema: nodeListSchema })
  @AsCsv(tableOf(nodeSummarySchema))
  async list(@Visible() scope: Scope): Promise<NodeList> {
    return this.nodes.list(scope);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One node: its machine, conditions and agent' })
  @ApiResponse({ status: 200, standardSchema: nodeDetailSchema })
  async detail(@Visible() scope: Scope, @Param('id') id: string): Promise<NodeDetail> {
    return this.nodes.detail(scope, id);
  }
}
