import { Module } from '@nestjs/common';
import { ContainersModule } from '../containers/containers.module.ts';
import { NamespacesController } from './namespaces.controller.ts';
import { WorkloadsController } from './workloads.controller.ts';
import { WorkloadsService } from './workloads.service.ts';

@Module({
  imports: [ContainersModule],
  controllers: [WorkloadsController, NamespacesController],
  providers: [WorkloadsService],
})
export class WorkloadsModule {}
