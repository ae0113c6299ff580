import { type DynamicModule, Module } from '@nestjs/common';
import { AboutModule } from './about/about.module.ts';
import { AccessModule } from './access/access.module.ts';
import { BandsModule } from './bands/bands.module.ts';
import { ContainersModule } from './containers/containers.module.ts';
import { EventsModule } from './events/events.module.ts';
import { ExportsModule } from './export/exports.module.ts';
import { ExpositionModule } from './exposition/exposition.module.ts';
import { FindingsModule } from './findings/findings.module.ts';
import { GroupsModule } from './groups/groups.module.ts';
import { HealthModule } from './health/health.module.ts';
import { HeatMapModule } from './heat-map/heat-map.module.ts';
import { IngestModule } from './ingest/ingest.module.ts';
import { loggingModule } from './logging.module.ts';
import { MachinesModule } from './machines/machines.module.ts';
import { MetricsModule } from './metrics/metrics.module.ts';
import { NodesModule } from './nodes/nodes.module.ts';
import { PostMortemModule } from './post-mortem/post-mortem.module.ts';
import { ProblemModule } from './problem/problem.module.ts';
import { ProcessesModule } from './processes/processes.module.ts';
import { PurgeModule } from './purge/purge.module.ts';
import { ReportingModule } from './reporting/reporting.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { RestartsModule } from './restarts/restarts.module.ts';
import { RightSizingModule } from './right-sizing/right-sizing.module.ts';
import { SamplesModule } from './samples/samples.module.ts';
import { SealModule } from './seal/seal.module.ts';
import { SeriesModule } from './series/series.module.ts';
import { StateModule } from './state/state.module.ts';
import { StreamModule } from './stream/stream.module.ts';
import { type Surroundings, SurroundingsModule } from './surroundings.module.ts';
import { StoreModule } from './store/store.module.ts';
import { TiersModule } from './tiers/tiers.module.ts';
import { TickLedgerModule } from './tick-ledger/tick-ledger.module.ts';
import { TopModule } from './top/top.module.ts';
import { WorkloadsModule } from './workloads/workloads.module.ts';

/** The whole API. `with` adds what the process found out before: its configuration, its cluster, its certificates. */
@Module({
  imports: [
    ProblemModule,
    AccessModule,
    StoreModule,
    SealModule,
    IngestModule,
    MachinesModule,
    NodesModule,
    ContainersModule,
    WorkloadsModule,
    SeriesModule,
    GroupsModule,
    BandsModule,
    HeatMapModule,
    TopModule,
    EventsModule,
    FindingsModule,
    StateModule,
    RestartsModule,
    PostMortemModule,
    RightSizingModule,
    SamplesModule,
    TickLedgerModule,
    TiersModule,
    RetentionModule,
    ProcessesModule,
    PurgeModule,
    ExpositionModule,
    ExportsModule,
    StreamModule,
    ReportingModule,
    HealthModule,
    MetricsModule,
    AboutModule,
  ],
})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    const { logLevel } = surroundings.config;
    return { module: AppModule, imports: [loggingModule(logLevel), SurroundingsModule.with(surroundings)] };
  }
}
