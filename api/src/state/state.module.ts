import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { NodesModule } from '../nodes/nodes.module.ts';
import { StateController } from './state.controller.ts';
import { StateService } from './state.service.ts';

@Module({ imports: [LiveModule, NodesModule], controllers: [StateController], providers: [StateService] })
export class StateModule {}
