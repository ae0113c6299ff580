import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { KnownDescriptions } from './known-descriptions.ts';
import { BlockReader, LiveNodes } from './live-nodes.ts';
import { Memory } from './memory.ts';
import { MemoryKeeper } from './memory-keeper.ts';
import { MergedBlocks } from './merged-blocks.ts';

@Module({
  imports: [StoreModule],
  providers: [
    Memory,
    MemoryKeeper,
    KnownDescriptions,
    { provide: LiveNodes, useExisting: Memory },
    { provide: BlockReader, useClass: MergedBlocks },
  ],
  exports: [LiveNodes, BlockReader, Memory, MemoryKeeper, KnownDescriptions],
})
export class LiveModule {}
