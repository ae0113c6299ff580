import { Module } from '@nestjs/common';
import { SeriesModule } from '../series/series.module.ts';
import { GroupReader } from './group-reader.ts';
import { GroupsController } from './groups.controller.ts';
import { GroupsService } from './groups.service.ts';

@Module({
  imports: [SeriesModule],
  controllers: [GroupsController],
  providers: [GroupsService, GroupReader],
  exports: [GroupReader],
})
export class GroupsModule {}
