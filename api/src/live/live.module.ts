import { Module } from '@nestjs/common';
import { Follower, PushTaker } from '../commit-log/follower.ts';
import { StoreModule } from '../store/store.module.ts';
import { KnownDescriptions } from './known-descriptions.ts';
import { LiveJobs } from './live-jobs.ts';
import { BlockReader, LiveNodes } from './live-nodes.ts';
import { LiveTaker } from './live-taker.ts';
import { Memory } from './memory.ts';
import { MemoryKeeper } from './memory-keeper.ts';
import { MergedBlocks } from './merged-blocks.ts';

@Module({
  imports: [StoreModule],
  providers: [
    Memory,
    MemoryKeeper,
    KnownDescriptions,
    Follower,
    { provide: PushTaker, useClass: LiveTaker },
    LiveJobs,
    { provide: LiveNodes, useExisting: Memory },
    { provide: BlockReader, useClass: MergedBlocks },
  ],
  exports: [LiveNodes, BlockReader, Memory, LiveJobs, KnownDescriptions],
})
export class LiveModule {}
