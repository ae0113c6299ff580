import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.ts';
import { HeatMapController } from './heat-map.controller.ts';
import { HeatMapService } from './heat-map.service.ts';

@Module({ imports: [GroupsModule], controllers: [HeatMapController], providers: [HeatMapService] })
export class HeatMapModule {}
