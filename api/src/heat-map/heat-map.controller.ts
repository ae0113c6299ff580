import {
  type HeatMapAnswer,
  heatMapAnswerSchema,
  type HeatMapQuery,
  heatMapQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { HeatMapService } from './heat-map.service.ts';

@ApiTags('series')
@Controller('api/v1/heat-map')
@Access('reader')
export class HeatMapController {
  constructor(private readonly heatMap: HeatMapService) {}

  @Get()
  @ApiOperation({ summary: 'How many containers (or other groups) of a subject have which value, per step' })
  @ApiResponse({ status: 200, standardSchema: heatMapAnswerSchema })
  async answer(
    @Visible() scope: Scope,
    @Query({ schema: heatMapQuerySchema }) query: HeatMapQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<HeatMapAnswer> {
    return this.heatMap.answer(scope, query, signal);
  }
}
