import { Module } from '@nestjs/common';
import { ClusterModule } from '../cluster/cluster.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { BlocksController } from './blocks.controller.ts';
import { Conduct } from './conduct.ts';
import { Ingest } from './ingest.ts';
import { NamedContent } from './named-content.ts';
import { PushRoom } from './push-room.ts';
import { SenderNodes } from './sender-nodes.ts';

@Module({
  imports: [StoreModule, LiveModule, ClusterModule],
  controllers: [BlocksController],
  providers: [Ingest, Conduct, SenderNodes, NamedContent, PushRoom],
  exports: [Conduct, PushRoom],
})
export class IngestModule {}
