import { Module } from '@nestjs/common';
import { Cluster } from './cluster.ts';

@Module({ providers: [Cluster], exports: [Cluster] })
export class ClusterModule {}
