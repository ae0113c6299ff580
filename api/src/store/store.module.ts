import { type DynamicModule, Module } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { createConnection } from 'mongoose';
import { LogReader } from '../commit-log/log-reader.ts';
import { LogWriter } from '../commit-log/log-writer.ts';
import { Pace, SystemPace } from '../commit-log/pace.ts';
import { Leases } from '../leases/leases.ts';
import { Days } from '../parts/days.ts';
import { PartAdder } from '../parts/part-adder.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { EpochShifts } from '../recent/epoch-shifts.ts';
import { HeldBlocks } from '../recent/held-blocks.ts';
import { LateBlocks } from '../recent/late-blocks.ts';
import { Ledgers } from '../recent/ledgers.ts';
import { PushStore } from '../recent/push-store.ts';
import { Recent } from '../recent/recent.ts';
import { Peers } from '../replicas/peers.ts';
import { Replica } from '../replicas/replica.ts';
import { Rosters } from '../rosters/rosters.ts';
import { DirtyWindows } from '../tiers/dirty-windows.ts';
import { WindowMarks } from '../tiers/marks.ts';
import { Collections } from './collections.ts';
import { Database, DatabaseCredentialsSource } from './database.ts';
import { DescriptionsRepository } from './descriptions.repository.ts';
import { EntitiesRepository } from './entities.repository.ts';
import { MongoCollections } from './mongo-collections.ts';
import { MongoStore } from './mongo-store.ts';
import { NodesRepository } from './nodes.repository.ts';
import { models } from './schemas.ts';
import { Store } from './store.ts';
import { StoredBlocks } from './stored-blocks.ts';

/** The connection, which Database opens, and its collections; global, for every feature's own documents. */
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
        { provide: Collections, useClass: MongoCollections },
      ],
      exports: [getConnectionToken(), Database, Collections],
    };
  }
}

/** What the parts of the store share: this replica's memory and log, and who its peers are. */
const shared = [
  NodesRepository,
  DescriptionsRepository,
  EntitiesRepository,
  Replica,
  Peers,
  Leases,
  Recent,
  Ledgers,
  LogReader,
  LogWriter,
  Rosters,
  HeldBlocks,
  PartAdder,
  RawWindows,
  Days,
  WindowMarks,
  { provide: DirtyWindows, useExisting: WindowMarks },
  { provide: Store, useClass: MongoStore },
];

@Module({
  imports: [MongooseModule.forFeature(models)],
  providers: [...shared, { provide: Pace, useClass: SystemPace }, EpochShifts, LateBlocks, PushStore, StoredBlocks],
  exports: shared.map((provider) => ('provide' in provider ? provider.provide : provider)),
})
export class StoreModule {}
