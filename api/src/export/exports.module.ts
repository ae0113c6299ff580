import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { ExportedRows } from './exported-rows.ts';
import { ExportsController } from './exports.controller.ts';
import { ExportsService } from './exports.service.ts';

@Module({
  imports: [LiveModule, NodesModule],
  controllers: [ExportsController],
  providers: [ExportsService, ExportedRows],
})
export class ExportsModule {}
