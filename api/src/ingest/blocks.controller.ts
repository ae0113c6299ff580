import { pushAnswerSchema, pushMediaType, type PushAnswer } from '@docksnap/contract';
import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import type { Principal } from '../access/principal.ts';
import { Agent } from '../access/principals.ts';
import { Conduct } from './conduct.ts';
import { documentedPush } from './documented-push.ts';
import { Ingest } from './ingest.ts';
import { readBody } from './push-body.ts';
import { PushRoom } from './push-room.ts';

@ApiTags('ingest')
@Controller('api/v1/blocks')
export class BlocksController {
  constructor(
    private readonly ingest: Ingest,
    private readonly conduct: Conduct,
    private readonly room: PushRoom,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('agent')
  @ApiOperation({
    summary: 'Store blocks of the node that the token speaks for',
    description: `Answers once the database has stored everything. The same push may be sent again: ticks that are there
count as duplicates. The body is JSON, or the binary form of agents, ${pushMediaType}.`,
  })
  @ApiConsumes('application/json', pushMediaType)
  @ApiResponse({ status: 200, standardSchema: pushAnswerSchema })
  @ApiResponse({
    status: 409,
    description:
      'need: send again with these descriptions and rosters; conflict: other content is there; superseded: a newer start of the agent goes on beside this one',
  })
  @ApiResponse({ status: 429, description: 'too_fast: keep it and send it again after Retry-After seconds' })
  @ApiResponse({ status: 503, description: 'Nothing is known to be stored; send again after Retry-After seconds' })
  push(
    @Agent() agent: Extract<Principal, { kind: 'agent' }>,
    @Headers('content-length') length: string | undefined,
    @Body({ schema: documentedPush }) body: unknown,
  ): Promise<PushAnswer> {
    const byteLength = body instanceof Uint8Array ? body.byteLength : Number(length ?? 0);
    return this.room.hold(byteLength, async () => {
      const record = await this.conduct.admit(agent, byteLength);
      return this.ingest.push(record, readBody(body));
    });
  }
}
