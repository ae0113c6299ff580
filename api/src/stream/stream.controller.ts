import { Readable } from 'node:stream';
import { type Scope, type StreamQuery, streamQuerySchema } from '@docksnap/contract';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { sessionTokenOf } from '../access/sessions/session-cookie.ts';
import { Sessions } from '../access/sessions/sessions.ts';
import { Problem } from '../problem/problem.ts';
import { subjectOf } from '../series/subject.ts';
import { OpenStreams } from './open-streams.ts';
import { type Running, StreamService } from './stream.service.ts';

@ApiTags('series')
@Controller('api/v1/stream')
@Access('person')
export class StreamController {
  constructor(
    private readonly streams: StreamService,
    private readonly open: OpenStreams,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Server-sent events: with a selector `points`, each a Series of the steps that changed; without, `tick` per node',
  })
  @ApiResponse({ status: 200, description: 'text/event-stream; Last-Event-ID resumes `points`' })
  async stream(
    @Visible() scope: Scope,
    @Query({ schema: streamQuerySchema }) query: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const token = sessionTokenOf(request) ?? '';
    const session = await this.sessions.find(token, 'look');
    if (session === undefined) throw new Problem(401, 'unauthenticated', 'you are not logged in; log in and try again');
    const controller = this.open.opened(session.id);
    const running: Running = {
      signal: controller.signal,
      isAllowed: async () => (await this.sessions.find(token, 'look')) !== undefined,
    };
    const close = (): void => {
      controller.abort();
      this.open.closed(session.id, controller);
    };
    try {
      const subject = subjectOf(query);
      const events =
        subject === undefined
          ? this.streams.ticks(scope, running)
          : await this.streams.points(subject, query, scope, running, timeOf(lastEventId));
      reply.raw.once('close', close);
      // One chunk is made ahead of what was read.
      const readable = Readable.from(events, { objectMode: true, highWaterMark: 1 });
      void reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(readable);
    } catch (error) {
      close();
      throw error;
    }
  }
}

/** A Last-Event-ID is the newest timestamp that the reader has; anything else is none of ours. */
function timeOf(lastEventId: string | undefined): number | undefined {
  const time = Number(lastEventId);
  return lastEventId !== undefined && Number.isSafeInteger(time) && time >= 0 ? time : undefined;
}
