import { Module } from '@nestjs/common';
import { ClusterModule } from '../cluster/cluster.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { ReportingController } from './reporting.controller.ts';

@Module({ imports: [LiveModule, ClusterModule], controllers: [ReportingController] })
export class ReportingModule {}
