import { Module } from '@nestjs/common';
import { ClusterModule } from '../cluster/cluster.module.ts';
import { NodeWatch } from './node-watch.ts';
import { PollingNodeWatch } from './polling-node-watch.ts';

@Module({
  imports: [ClusterModule],
  providers: [{ provide: NodeWatch, useClass: PollingNodeWatch }],
  exports: [NodeWatch],
})
export class NodeWatchModule {}
