import { Module } from '@nestjs/common';
import { ContainersModule } from '../containers/containers.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { RestartsModule } from '../restarts/restarts.module.ts';
import { SeriesModule } from '../series/series.module.ts';
import { PostMortemController } from './post-mortem.controller.ts';
import { EndFinder } from './seen-ends.ts';
import { Surroundings } from './surroundings.ts';
import { PostMortemService } from './post-mortem.service.ts';

@Module({
  imports: [ContainersModule, NodesModule, RestartsModule, SeriesModule],
  controllers: [PostMortemController],
  providers: [PostMortemService, EndFinder, Surroundings],
})
export class PostMortemModule {}
