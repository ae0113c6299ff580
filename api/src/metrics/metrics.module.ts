import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { HealthModule } from '../health/health.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { Metrics } from './metrics.ts';
import { MetricsServer } from './metrics-server.ts';

@Module({
  imports: [AccessModule, LiveModule, IngestModule, HealthModule],
  providers: [Metrics, MetricsServer],
  exports: [Metrics, MetricsServer],
})
export class MetricsModule {}
