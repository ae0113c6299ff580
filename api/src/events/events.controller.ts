import {
  type EventsAnswer,
  eventsAnswerSchema,
  eventSchema,
  type EventsQuery,
  eventsQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { EventsService } from './events.service.ts';

@ApiTags('events')
@Controller('api/v1/events')
@Access('reader')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @ApiOperation({ summary: 'What happened: deploys, OOM kills, exits, restarts, silent nodes, and Kubernetes’ events' })
  @ApiResponse({ status: 200, standardSchema: eventsAnswerSchema })
  @AsCsv(tableOf(eventSchema))
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: eventsQuerySchema }) query: EventsQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<EventsAnswer> {
    return this.events.answer(scope, query, signal);
  }
}
