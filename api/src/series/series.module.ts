import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { BlockChunks } from './block-chunks.ts';
import { NodeTracks } from './node-tracks.ts';
import { SeriesController } from './series.controller.ts';
import { SeriesService } from './series.service.ts';
import { Sources } from './sources.ts';

@Module({
  imports: [LiveModule, StoreModule, NodesModule],
  controllers: [SeriesController],
  providers: [SeriesService, Sources, NodeTracks, BlockChunks],
  exports: [SeriesService, Sources, BlockChunks],
})
export class SeriesModule {}
