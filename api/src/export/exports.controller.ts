import { Readable } from 'node:stream';
import {
  type ExportList,
  exportListSchema,
  exportObjectSchema,
  type ExportQuery,
  exportQuerySchema,
  type Scope,
} from '@docksnap/contract';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { AsCsv } from '../csv/as-csv.decorator.ts';
import { tableOf } from '../csv/schema-table.ts';
import { ExportsService, type ExportSubject } from './exports.service.ts';

const parquetType = 'application/vnd.apache.parquet';
const binary = { schema: { type: 'string', format: 'binary' }, description: 'A Parquet file of raw samples' } as const;

@ApiTags('ways out')
@Controller('api/v1/exports')
@Access('reader')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Get()
  @ApiOperation({
    summary: 'Files of raw samples, by hour or day, of each node or of a namespace; by default the last day',
  })
  @ApiResponse({ status: 200, standardSchema: exportListSchema })
  @AsCsv(tableOf(exportObjectSchema))
  async list(@Visible() scope: Scope, @Query({ schema: exportQuerySchema }) query: ExportQuery): Promise<ExportList> {
    return this.exports.list(scope, query);
  }

  @Get(':period/nodes/:node.parquet')
  @ApiOperation({ summary: 'The samples of a node in an hour (2026-11-24T12) or day (2026-11-24), as Parquet' })
  @ApiProduces(parquetType)
  @ApiResponse({ status: 200, ...binary })
  async node(
    @Visible() scope: Scope,
    @Param('period') period: string,
    @Param('node') node: string,
  ): Promise<StreamableFile> {
    return this.file(scope, { node }, period);
  }

  @Get(':period/namespaces/:namespace.parquet')
  @ApiOperation({ summary: 'The samples of a namespace in an hour or day, over all nodes, as Parquet' })
  @ApiProduces(parquetType)
  @ApiResponse({ status: 200, ...binary })
  async namespace(
    @Visible() scope: Scope,
    @Param('period') period: string,
    @Param('namespace') namespace: string,
  ): Promise<StreamableFile> {
    return this.file(scope, { namespace }, period);
  }

  private async file(scope: Scope, subject: ExportSubject, period: string): Promise<StreamableFile> {
    const pieces = await this.exports.file(scope, subject, period);
    return new StreamableFile(Readable.from(pieces, { objectMode: false, highWaterMark: 1 }), { type: parquetType });
  }
}
