import {
  type ProcessesAnswer,
  processesAnswerSchema,
  type ProcessesQuery,
  processesQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { ProcessesService } from './processes.service.ts';

@Controller('api/v1')
@Access('reader')
export class ProcessesController {
  constructor(private readonly processes: ProcessesService) {}

  @Get('nodes/:id/processes')
  @ApiTags('nodes')
  @ApiOperation({ summary: 'Which processes ran on a node in a minute, where its agent sends them' })
  @ApiResponse({ status: 200, standardSchema: processesAnswerSchema })
  async ofNode(
    @Visible() scope: Scope,
    @Param('id') id: string,
    @Query({ schema: processesQuerySchema }) query: ProcessesQuery,
  ): Promise<ProcessesAnswer> {
    return this.processes.ofNode(scope, id, query);
  }

  @Get('containers/:id/processes')
  @ApiTags('containers')
  @ApiOperation({ summary: 'Which processes ran in a container in a minute, where its agent sends them' })
  @ApiResponse({ status: 200, standardSchema: processesAnswerSchema })
  async ofContainer(
    @Visible() scope: Scope,
    @Param('id') id: string,
    @Query({ schema: processesQuerySchema }) query: ProcessesQuery,
  ): Promise<ProcessesAnswer> {
    return this.processes.ofContainer(scope, id, query);
  }
}
