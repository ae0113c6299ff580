import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { MachineIdentityModule } from '../machines/machine-identity.module.ts';
import { NodeWatchModule } from '../node-watch/node-watch.module.ts';
import { LatestValues } from '../series/latest-values.ts';
import { StoreModule } from '../store/store.module.ts';
import { KnownNodes } from './known-nodes.ts';
import { NodesController } from './nodes.controller.ts';
import { NodesService } from './nodes.service.ts';

@Module({
  imports: [LiveModule, StoreModule, NodeWatchModule, MachineIdentityModule],
  controllers: [NodesController],
  providers: [NodesService, KnownNodes, LatestValues],
  exports: [NodesService, KnownNodes, LatestValues],
})
export class NodesModule {}
