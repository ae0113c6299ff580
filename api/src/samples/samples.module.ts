import { Module } from '@nestjs/common';
import { ContainersModule } from '../containers/containers.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { SamplesController } from './samples.controller.ts';
import { SamplesService } from './samples.service.ts';

@Module({
  imports: [LiveModule, NodesModule, ContainersModule],
  controllers: [SamplesController],
  providers: [SamplesService],
})
export class SamplesModule {}
