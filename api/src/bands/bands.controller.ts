import { type BandsAnswer, bandsAnswerSchema, type BandsQuery, bandsQuerySchema, type Scope } from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { BandsService } from './bands.service.ts';

@ApiTags('series')
@Controller('api/v1/bands')
@Access('reader')
export class BandsController {
  constructor(private readonly bands: BandsService) {}

  @Get()
  @ApiOperation({ summary: 'Percentiles over the groups of a subject, such as the replicas of a workload, per step' })
  @ApiResponse({ status: 200, standardSchema: bandsAnswerSchema })
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: bandsQuerySchema }) query: BandsQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<BandsAnswer> {
    return this.bands.answer(scope, query, signal);
  }
}
