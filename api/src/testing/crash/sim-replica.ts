import type { Clock } from '../../clock.ts';
import { type LoggedPush } from '../../commit-log/commit.ts';
import { Follower, PushTaker } from '../../commit-log/follower.ts';
import { LogReader } from '../../commit-log/log-reader.ts';
import { LogWriter } from '../../commit-log/log-writer.ts';
import { Pace } from '../../commit-log/pace.ts';
import { Leases } from '../../leases/leases.ts';
import { Days } from '../../parts/days.ts';
import { PartAdder } from '../../parts/part-adder.ts';
import { RawWindows } from '../../parts/raw-windows.ts';
import { EpochShifts } from '../../recent/epoch-shifts.ts';
import { LateBlocks } from '../../recent/late-blocks.ts';
import { Ledgers } from '../../recent/ledgers.ts';
import { HeldBlocks } from '../../recent/held-blocks.ts';
import { remember } from '../../recent/log-taker.ts';
import { PushStore } from '../../recent/push-store.ts';
import { Recent } from '../../recent/recent.ts';
import { Rosters } from '../../rosters/rosters.ts';
import { Peers } from '../../replicas/peers.ts';
import { Replica } from '../../replicas/replica.ts';
import { Heartbeat } from '../../seal/heartbeat.ts';
import { Janitor } from '../../seal/janitor.ts';
import { LogDrain } from '../../seal/log-drain.ts';
import { Sealer } from '../../seal/sealer.ts';
import { StoreUnavailableError } from '../../store/store.ts';
import { WindowMarks } from '../../tiers/marks.ts';
import type { FaultyCollections } from './faulty-collections.ts';
import { type RollUpOf, rollUpOf, type UpkeepJob, upkeepOf } from './sim-upkeep.ts';

/** Nothing waits: what may happen meanwhile happens at the calls to the database. */
class NoPace extends Pace {
  override async wait(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

class Taker extends PushTaker {
  constructor(
    private readonly recent: Recent,
    private readonly held: HeldBlocks,
  ) {
    super();
  }

  override async take(push: LoggedPush): Promise<void> {
    remember(this.recent.node(push.n), push, await this.held.of(push));
  }
}

/** What a replica does by itself, again and again, until what it acknowledged is in parts. */
export const storeJobs = ['look', 'beat', 'follow', 'seal', 'clean', 'forget'] as const;
type Job = (typeof storeJobs)[number] | UpkeepJob;

/** What may stand in place of a replica's own, to show that the checks find it. */
export interface Variants {
  readonly writerOf: (...given: ConstructorParameters<typeof LogWriter>) => LogWriter;
  readonly rollUpOf: RollUpOf;
}
const itself: Variants = { writerOf: (...given) => new LogWriter(...given), rollUpOf };

/** A replica's store, put together as the application does, its jobs done when it is told to. */
export class SimReplica {
  readonly pushes: PushStore;
  readonly recent = new Recent();
  private readonly turns: Record<Job, () => Promise<void>>;
  private readonly busy = new Set<Job>();

  constructor(
    readonly collections: FaultyCollections,
    clock: Clock,
    given: Partial<Variants> = {},
  ) {
    const variants = { ...itself, ...given };
    const replica = new Replica(collections);
    const writer = variants.writerOf(collections, replica, new NoPace());
    const peers = new Peers(collections, replica);
    const reader = new LogReader(collections);
    const held = new HeldBlocks(new Rosters(collections, clock));
    const adder = new PartAdder(
      new RawWindows(collections),
      new Days(collections),
      new WindowMarks(collections, clock),
    );
    const follower = new Follower(peers, reader, new Taker(this.recent, held));
    const sealer = new Sealer(this.recent, adder, peers, clock);
    const drain = new LogDrain(collections, reader, adder, held);
    const leases = new Leases(collections, replica);
    const janitor = new Janitor(leases, peers, reader, drain, clock);
    const heartbeat = new Heartbeat(replica, writer, this.recent, clock);
    const late = new LateBlocks(adder, this.recent, new Ledgers(collections, replica, this.recent));
    this.pushes = new PushStore(this.recent, writer, late, new EpochShifts(collections), clock);
    this.turns = {
      ...upkeepOf(collections, leases, clock, variants.rollUpOf),
      look: () => peers.look(),
      beat: () => heartbeat.turn(),
      follow: () => follower.turn(),
      seal: () => sealer.turn(),
      clean: () => janitor.turn(),
      forget: async () => {
        this.recent.forget(clock.nowMs());
        return Promise.resolve();
      },
    };
  }

  get isDead(): boolean {
    return this.collections.isDead;
  }

  /** Does a job unless it is being done. Resolves when it is done, has failed for a lost call, or the replica died. */
  async do(job: Job): Promise<void> {
    if (this.busy.has(job) || this.isDead) return;
    this.busy.add(job);
    try {
      await Promise.race([this.turns[job](), this.collections.died]);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    } finally {
      this.busy.delete(job);
    }
  }
}
