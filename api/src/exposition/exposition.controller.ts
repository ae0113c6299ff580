import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { Scope } from '@docksnap/contract';
import { Controller, Get, Headers, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { ExpositionService } from './exposition.service.ts';
import { prometheusType } from './prometheus-text.ts';

@ApiTags('ways out')
@Controller('api/v1/metrics')
@Access('reader')
export class ExpositionController {
  constructor(private readonly exposition: ExpositionService) {}

  @Get()
  @ApiOperation({
    summary: 'The latest values for Prometheus, by the names of cAdvisor and kube-state-metrics, with sample times',
  })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'Prometheus text format 0.0.4', schema: { type: 'string' } })
  async page(
    @Visible() scope: Scope,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const text = Readable.from(await this.exposition.page(scope));
    void reply.header('vary', 'accept-encoding');
    if (!takesGzip(encodings)) return new StreamableFile(text, { type: prometheusType });
    void reply.header('content-encoding', 'gzip');
    // Whoever leaves in the middle closes both.
    const gzip = pipeline(text, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined);
    return new StreamableFile(gzip, { type: prometheusType });
  }
}

function takesGzip(encodings = ''): boolean {
  const gzip = encodings.split(',', 20).find((each) => each.trim().startsWith('gzip'));
  return gzip !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(gzip);
}
