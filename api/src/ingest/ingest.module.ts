import { Module } from '@nestjs/common';
import { Cluster } from '../cluster/cluster.ts';
import { LiveModule } from '../live/live.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { BlocksController } from './blocks.controller.ts';
import { Ingest } from './ingest.ts';
import { PushRoom } from './push-room.ts';

@Module({
  imports: [StoreModule, LiveModule],
  controllers: [BlocksController],
  providers: [Cluster, Ingest, PushRoom],
  exports: [PushRoom, Cluster],
})
export class IngestModule {}
