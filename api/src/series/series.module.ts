import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { TiersModule } from '../tiers/tiers.module.ts';
import { BlockChunks } from './block-chunks.ts';
import { KnownSubjects } from './known-subjects.ts';
import { NodeTracks } from './node-tracks.ts';
import { SeriesController } from './series.controller.ts';
import { SeriesService } from './series.service.ts';
import { Sources } from './sources.ts';
import { WorkloadTracks } from './workload-tracks.ts';

@Module({
  imports: [LiveModule, StoreModule, NodesModule, TiersModule],
  controllers: [SeriesController],
  providers: [SeriesService, Sources, KnownSubjects, NodeTracks, WorkloadTracks, BlockChunks],
  exports: [SeriesService, Sources, KnownSubjects, BlockChunks, NodeTracks],
})
export class SeriesModule {}
