import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { Heartbeat } from './heartbeat.ts';
import { Janitor } from './janitor.ts';
import { LogDrain } from './log-drain.ts';
import { RosterTidier } from './roster-tidier.ts';
import { Sealer } from './sealer.ts';
import { StoreJobs } from './store-jobs.ts';

@Module({
  imports: [StoreModule],
  providers: [Heartbeat, Sealer, LogDrain, Janitor, RosterTidier, StoreJobs],
  exports: [Sealer],
})
export class SealModule {}
