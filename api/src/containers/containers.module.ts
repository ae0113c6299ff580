import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ContainersController } from './containers.controller.ts';
import { ContainersService } from './containers.service.ts';
import { LiveContainers } from './live-containers.ts';

@Module({
  imports: [LiveModule, StoreModule, NodesModule],
  controllers: [ContainersController],
  providers: [ContainersService, LiveContainers],
  exports: [ContainersService, LiveContainers],
})
export class ContainersModule {}
