import { createConnection } from 'mongoose';
import type { Clock } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import type { Leases } from '../../leases/leases.ts';
import { KnownDescriptions } from '../../live/known-descriptions.ts';
import { Days } from '../../parts/days.ts';
import { RawWindows } from '../../parts/raw-windows.ts';
import { Cursors } from '../../retention/cursors.ts';
import { Remover } from '../../retention/remover.ts';
import { Retention } from '../../retention/retention.ts';
import { KeptShare } from '../../retention/share.ts';
import { Subjects } from '../../retention/subjects.ts';
import type { Collections } from '../../store/collections.ts';
import { DatabaseSize } from '../../store/database-size.ts';
import { KnownNamespaces } from '../../tiers/known-namespaces.ts';
import { SpanMarks, WindowMarks } from '../../tiers/marks.ts';
import { NodeRollUp } from '../../tiers/node-roll-up.ts';
import { SpanRollUp } from '../../tiers/span-roll-up.ts';
import { SpansJob } from '../../tiers/spans-job.ts';
import { NodeTiers, WorkloadTiers } from '../../tiers/tier-documents.ts';
import { WindowsJob } from '../../tiers/windows-job.ts';
import { SimStore } from './sim-store.ts';

/** How long raw windows are kept, hours: longer than storing goes on. */
export const keptHours = 24;

/** What a replica does with what is stored: rolls up windows, then spans, and removes what is too old. */
export const upkeepJobs = ['roll', 'rollSpans', 'retain'] as const;
export type UpkeepJob = (typeof upkeepJobs)[number];

export type RollUpOf = (collections: Collections, clock: Clock) => NodeRollUp;

const config = readConfig({
  DOCKSNAP_MONGODB_URI: 'mongodb://127.0.0.1/unused',
  DOCKSNAP_KUBERNETES: 'false',
  DOCKSNAP_RETENTION_HOURS: String(keptHours),
});
/** Never asked, and never connected: no limit is set. */
const size = new DatabaseSize(createConnection());

/** The jobs' turns, put together as the application does. */
export function upkeepOf(
  collections: Collections,
  leases: Leases,
  clock: Clock,
  rollUpOf: RollUpOf,
): Record<UpkeepJob, () => Promise<void>> {
  const store = new SimStore(collections);
  const [marks, spanMarks] = [new WindowMarks(collections, clock), new SpanMarks(collections, clock)];
  const [nodes, workloads] = [new NodeTiers(collections), new WorkloadTiers(collections)];
  const namespaces = new KnownNamespaces(collections);
  const windowsJob = new WindowsJob(leases, marks, rollUpOf(collections, clock), clock);
  const spans = new SpanRollUp(nodes, workloads, namespaces, new KnownDescriptions(store), store);
  const spansJob = new SpansJob(leases, spanMarks, spans, store, clock);
  const [raw, days, cursors] = [new RawWindows(collections), new Days(collections), new Cursors(collections)];
  const remover = new Remover(raw, days, cursors, marks, clock);
  const subjects = new Subjects(remover, store, namespaces, nodes, workloads);
  const retention = new Retention(leases, subjects, size, new KeptShare(collections), config);
  return { roll: () => windowsJob.turn(), rollSpans: () => spansJob.turn(), retain: () => retention.turn() };
}

/** The roll-up as it is. */
export function rollUpOf(collections: Collections, clock: Clock): NodeRollUp {
  return new NodeRollUp(new RawWindows(collections), new NodeTiers(collections), new SpanMarks(collections, clock));
}
