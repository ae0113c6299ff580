import { pushAnswerSchema, type PushAnswer } from '@docksnap/contract';
import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import type { Principal } from '../access/principal.ts';
import { Agent } from '../access/principals.ts';
import { Ingest } from './ingest.ts';
import { readPush } from './push-body.ts';
import { PushRoom } from './push-room.ts';

@ApiTags('ingest')
@Controller('api/v1/blocks')
export class BlocksController {
  constructor(
    private readonly ingest: Ingest,
    private readonly room: PushRoom,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('agent')
  @ApiResponse({ status: 200, standardSchema: pushAnswerSchema })
  push(
    @Agent() agent: Extract<Principal, { kind: 'agent' }>,
    @Headers('content-length') length: string | undefined,
    @Body() body: unknown,
  ): Promise<PushAnswer> {
    const push = readPush(body);
    return this.room.hold(body instanceof Uint8Array ? body.byteLength : Number(length ?? 0), () =>
      this.ingest.push(agent, push),
    );
  }
}
