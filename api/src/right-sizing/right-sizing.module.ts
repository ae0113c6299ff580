import { Module } from '@nestjs/common';
import { ContainersModule } from '../containers/containers.module.ts';
import { SeriesModule } from '../series/series.module.ts';
import { RightSizingController } from './right-sizing.controller.ts';
import { RightSizingService } from './right-sizing.service.ts';

@Module({
  imports: [ContainersModule, SeriesModule],
  controllers: [RightSizingController],
  providers: [RightSizingService],
})
export class RightSizingModule {}
