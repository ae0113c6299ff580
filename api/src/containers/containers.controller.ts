import {
  type ContainerDetail,
  containerDetailSchema,
  type ContainerList,
  containerListSchema,
  type ContainerQuery,
  containerQuerySchema,
  containerSummarySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { ContainersService } from './containers.service.ts';

@ApiTags('containers')
@Controller('api/v1/containers')
@Access('reader')
export class ContainersController {
  constructor(private readonly containers: ContainersService) {}

  @Get()
  @ApiOperation({ summary: 'Containers that are there now; with state=gone those of the last 15 minutes' })
  @ApiResponse({ status: 200, standardSchema: containerListSchema })
  @AsCsv(tableOf(containerSummarySchema))
  async list(
    @Visible() scope: Scope,
    @Query({ schema: containerQuerySchema }) query: ContainerQuery,
  ): Promise<ContainerList> {
    return this.containers.list(scope, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One container, also one of the past' })
  @ApiResponse({ status: 200, standardSchema: containerDetailSchema })
  async detail(@Visible() scope: Scope, @Param('id') id: string): Promise<ContainerDetail> {
    return this.containers.detail(scope, id);
  }
}
