import { type ProcessList, processListSchema, type PushAnswer, pushAnswerSchema } from '@docksnap/contract';
import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import type { Principal } from '../access/principal.ts';
import { Agent } from '../access/principals.ts';
import { Conduct } from '../ingest/conduct.ts';
import { PushRoom } from '../ingest/push-room.ts';
import { ProcessesService } from './processes.service.ts';

@ApiTags('ingest')
@Controller('api/v1/processes')
export class ProcessListsController {
  constructor(
    private readonly processes: ProcessesService,
    private readonly conduct: Conduct,
    private readonly room: PushRoom,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('agent')
  @ApiOperation({
    summary: 'Keep a list of the processes that run on the node that the token speaks for',
    description: 'It is of the minute in which it arrives; a second one of the same minute counts as a duplicate.',
  })
  @ApiResponse({ status: 200, standardSchema: pushAnswerSchema })
  @ApiResponse({ status: 429, description: 'too_fast: the node pushes more bytes a second than one may' })
  push(
    @Agent() agent: Extract<Principal, { kind: 'agent' }>,
    @Headers('content-length') length: string | undefined,
    @Body({ schema: processListSchema }) list: ProcessList,
  ): Promise<PushAnswer> {
    const byteLength = Number(length ?? 0);
    return this.room.hold(byteLength, async () => {
      const { id } = await this.conduct.admit(agent, byteLength);
      return this.processes.keep(id, list);
    });
  }
}
