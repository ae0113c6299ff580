import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { SeriesModule } from '../series/series.module.ts';
import { RestartsController } from './restarts.controller.ts';
import { RestartsService } from './restarts.service.ts';

@Module({
  imports: [LiveModule, SeriesModule],
  controllers: [RestartsController],
  providers: [RestartsService],
  exports: [RestartsService],
})
export class RestartsModule {}
