import {
  type GroupsAnswer,
  groupsAnswerSchema,
  type GroupsQuery,
  groupsQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { groupsTable } from './groups-table.ts';
import { GroupsService } from './groups.service.ts';

@ApiTags('series')
@Controller('api/v1/groups')
@Access('reader')
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  @Get()
  @ApiOperation({
    summary: 'A subject taken apart by container, pod, workload, namespace, node or label; sums equal the whole',
  })
  @ApiResponse({ status: 200, standardSchema: groupsAnswerSchema })
  @AsCsv(groupsTable)
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: groupsQuerySchema }) query: GroupsQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<GroupsAnswer> {
    return this.groups.answer(scope, query, signal);
  }
}
