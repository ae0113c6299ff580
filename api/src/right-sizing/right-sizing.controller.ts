import {
  type RightSizingAnswer,
  rightSizingAnswerSchema,
  type RightSizingQuery,
  rightSizingQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { RightSizingService } from './right-sizing.service.ts';

@ApiTags('workloads')
@Controller('api/v1/right-sizing')
@Access('reader')
export class RightSizingController {
  constructor(private readonly sizing: RightSizingService) {}

  @Get()
  @ApiOperation({
    summary: 'What workloads that run now ask for against what they used, with hints and their evidence',
  })
  @ApiResponse({ status: 200, standardSchema: rightSizingAnswerSchema })
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: rightSizingQuerySchema }) query: RightSizingQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<RightSizingAnswer> {
    return this.sizing.answer(scope, query, signal);
  }
}
