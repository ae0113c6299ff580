import { type DynamicModule, Module } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { createConnection } from 'mongoose';
import { DirtyWindowsModule } from '../tiers/dirty-windows.module.ts';
import { Database, DatabaseCredentialsSource } from './database.ts';
import { DescriptionsRepository } from './descriptions.repository.ts';
import { EntitiesRepository } from './entities.repository.ts';
import { MongoStore } from './mongo-store.ts';
import { NodeStateRepository } from './node-state.repository.ts';
import { NodesRepository } from './nodes.repository.ts';
import { PartWriter } from './part-writer.ts';
import { PartsRepository } from './parts.repository.ts';
import { Retention } from './retention.ts';
import { models } from './schemas.ts';
import { Store } from './store.ts';
import { StoredBlocks } from './stored-blocks.ts';
import { TickTotals } from './tick-totals.ts';
import { WindowIndexes } from './window-indexes.ts';

/** The connection, which Database opens; global, for every feature's own schemas. */
@Module({})
export class DatabaseModule {
  static with(credentials: DatabaseCredentialsSource): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: getConnectionToken(), useFactory: () => createConnection() },
        { provide: DatabaseCredentialsSource, useValue: credentials },
        Database,
      ],
      exports: [getConnectionToken(), Database],
    };
  }
}

@Module({
  imports: [MongooseModule.forFeature(models), DirtyWindowsModule],
  providers: [
    NodesRepository,
    PartsRepository,
    DescriptionsRepository,
    EntitiesRepository,
    NodeStateRepository,
    TickTotals,
    WindowIndexes,
    PartWriter,
    StoredBlocks,
    Retention,
    { provide: Store, useClass: MongoStore },
  ],
  exports: [Store],
})
export class StoreModule {}
