import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { TickLedgerController } from './tick-ledger.controller.ts';

@Module({ imports: [LiveModule, NodesModule], controllers: [TickLedgerController] })
export class TickLedgerModule {}
