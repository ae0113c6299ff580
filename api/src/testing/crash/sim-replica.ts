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
import { DirtyWindows } from '../../tiers/dirty-windows.ts';
import type { FaultyCollections } from './faulty-collections.ts';

/** Nothing waits: what may happen meanwhile happens at the calls to the database. */
class NoPace extends Pace {
  override async wait(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

class Marks extends DirtyWindows {
  private readonly documents;

  constructor(collections: FaultyCollections) {
    super();
    this.documents = collections.of('dirty');
  }

  override async mark(nodeId: string, window: number, part: number): Promise<void> {
    await this.documents.insert({ _id: `${nodeId}/${window}/${part}` });
  }

  override async list() {
    return Promise.resolve([]);
  }

  override async remove(): Promise<void> {
    return Promise.resolve();
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

/** The jobs that a replica does by itself, again and again. */
export const jobs = ['look', 'beat', 'follow', 'seal', 'clean', 'forget'] as const;
export type Job = (typeof jobs)[number];

/** A replica's store, put together as the application does, its jobs done when it is told to. */
export class SimReplica {
  readonly pushes: PushStore;
  readonly recent = new Recent();
  private readonly turns: Record<Job, () => Promise<void>>;
  private readonly busy = new Set<Job>();

  constructor(
    readonly collections: FaultyCollections,
    clock: Clock,
    writerOf: (...given: ConstructorParameters<typeof LogWriter>) => LogWriter = (...given) => new LogWriter(...given),
  ) {
    const replica = new Replica(collections);
    const writer = writerOf(collections, replica, new NoPace());
    const peers = new Peers(collections, replica);
    const reader = new LogReader(collections);
    const held = new HeldBlocks(new Rosters(collections, clock));
    const adder = new PartAdder(new RawWindows(collections), new Days(collections), new Marks(collections));
    const follower = new Follower(peers, reader, new Taker(this.recent, held));
    const sealer = new Sealer(this.recent, adder, peers, clock);
    const drain = new LogDrain(collections, reader, adder, held);
    const janitor = new Janitor(new Leases(collections, replica), peers, reader, drain, clock);
    const heartbeat = new Heartbeat(replica, writer, this.recent, clock);
    const late = new LateBlocks(adder, this.recent, new Ledgers(collections, replica, this.recent));
    this.pushes = new PushStore(this.recent, writer, late, new EpochShifts(collections), clock);
    this.turns = {
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
