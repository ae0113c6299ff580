import { Module } from '@nestjs/common';
import { ContainersModule } from '../containers/containers.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { SeriesModule } from '../series/series.module.ts';
import { SamplesController } from './samples.controller.ts';
import { SamplesService } from './samples.service.ts';

@Module({
  imports: [NodesModule, ContainersModule, SeriesModule],
  controllers: [SamplesController],
  providers: [SamplesService],
})
export class SamplesModule {}
