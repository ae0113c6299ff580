import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.ts';
import { TopController } from './top.controller.ts';
import { TopService } from './top.service.ts';

@Module({ imports: [GroupsModule], controllers: [TopController], providers: [TopService] })
export class TopModule {}
