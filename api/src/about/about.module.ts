import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { DatabaseSize } from '../store/database-size.ts';
import { StoreModule } from '../store/store.module.ts';
import { AboutController } from './about.controller.ts';
import { AboutService } from './about.service.ts';

@Module({ imports: [LiveModule, StoreModule], controllers: [AboutController], providers: [AboutService, DatabaseSize] })
export class AboutModule {}
