import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { KnownNamespaces } from './known-namespaces.ts';
import { SpanMarks } from './marks.ts';
import { NodeRollUp } from './node-roll-up.ts';
import { SpanRollUp } from './span-roll-up.ts';
import { SpansJob } from './spans-job.ts';
import { SumsReader } from './sums-reader.ts';
import { NodeTiers, WorkloadTiers } from './tier-documents.ts';
import { TierJobs } from './tier-jobs.ts';
import { WindowsJob } from './windows-job.ts';

/** What is left of samples when raw blocks are gone: sums by time. */
@Module({
  imports: [StoreModule, LiveModule],
  providers: [
    SpanMarks,
    NodeTiers,
    WorkloadTiers,
    KnownNamespaces,
    NodeRollUp,
    SpanRollUp,
    WindowsJob,
    SpansJob,
    TierJobs,
    SumsReader,
  ],
  exports: [SumsReader, NodeTiers, WorkloadTiers, KnownNamespaces],
})
export class TiersModule {}
