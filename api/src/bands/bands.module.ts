import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.ts';
import { BandsController } from './bands.controller.ts';
import { BandsService } from './bands.service.ts';

@Module({ imports: [GroupsModule], controllers: [BandsController], providers: [BandsService] })
export class BandsModule {}
