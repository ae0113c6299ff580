import {
  type PostMortem,
  postMortemSchema,
  type PostMortemQuery,
  postMortemQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { Cancelled } from '../cancellation/cancelled.decorator.ts';
import { PostMortemService } from './post-mortem.service.ts';

@ApiTags('containers')
@Controller('api/v1/containers/:id/post-mortem')
@Access('reader')
export class PostMortemController {
  constructor(private readonly postMortem: PostMortemService) {}

  @Get()
  @ApiOperation({ summary: 'Why a container ended: exit code, its last five minutes, and what else grew on its node' })
  @ApiResponse({ status: 200, standardSchema: postMortemSchema })
  async answer(
    @Visible() scope: Scope,
    @Param('id') id: string,
    @Query({ schema: postMortemQuerySchema }) query: PostMortemQuery,
    @Cancelled() signal: AbortSignal,
  ): Promise<PostMortem> {
    return this.postMortem.answer(scope, id, query, signal);
  }
}
