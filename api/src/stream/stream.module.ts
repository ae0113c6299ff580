import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { SeriesModule } from '../series/series.module.ts';
import { OpenStreams } from './open-streams.ts';
import { StreamController } from './stream.controller.ts';
import { StreamService } from './stream.service.ts';

@Module({
  imports: [AccessModule, LiveModule, SeriesModule],
  controllers: [StreamController],
  providers: [StreamService, OpenStreams],
})
export class StreamModule {}
