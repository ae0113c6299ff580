import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DirtyWindowsRepository } from './dirty-windows.repository.ts';
import { DirtyWindows } from './dirty-windows.ts';
import { models } from './schemas.ts';

/** The store marks what it inserts; the roll-up reads both. */
@Module({
  imports: [MongooseModule.forFeature(models)],
  providers: [{ provide: DirtyWindows, useClass: DirtyWindowsRepository }],
  exports: [DirtyWindows],
})
export class DirtyWindowsModule {}
