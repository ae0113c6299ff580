import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { ExpositionController } from './exposition.controller.ts';
import { ExpositionService } from './exposition.service.ts';

@Module({ imports: [LiveModule], controllers: [ExpositionController], providers: [ExpositionService] })
export class ExpositionModule {}
