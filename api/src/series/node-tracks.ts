import type { Block, Description, Entity, Tier } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { type OpenedSums, SumsReader } from '../tiers/sums-reader.ts';
import { minuteTierIntervalMs } from '../tiers/tiers.ts';
import type { Belonging } from '../workloads/workload-of.ts';
import { BlockChunks } from './block-chunks.ts';
import { firstSteps, joinedTracks, type Stretch } from './joined-tracks.ts';
import { membersOf } from './members.ts';
import type { Steps } from './steps.ts';
import { after, before, stepsIn, stepsWatched, tierOf } from './tier-of.ts';
import { TrackReader } from './tracks.ts';
import type { Work } from './work.ts';

/** What one node's store and memory say of the entities that were asked for. */
export interface NodeFound extends Stretch {
  /** By key, of those whose belonging was asked about: how they were described last. */
  readonly descriptions: ReadonlyMap<string, Description>;
  /** `raw` where nothing of it came from sums. */
  readonly tier: Tier;
  readonly partial: string | null;
}

/** A question to each node. */
export interface Asked {
  readonly steps: Steps;
  readonly metricIds: ReadonlySet<number>;
  readonly work: Work;
}

type Listed = Pick<Entity, 'kind' | 'key' | 'description'>;
/** Finds out which of these entities are wanted, and says so one by one. */
type Chooser = (listings: readonly { readonly entities: readonly Listed[] }[]) => Promise<(entity: Listed) => boolean>;

const nothing: Stretch = { tracks: [], watchedMs: new Float64Array(0) };

/** Reads a node's sums, and behind them its blocks, into tracks. */
@Injectable()
export class NodeTracks {
  constructor(
    private readonly chunks: BlockChunks,
    private readonly sums: SumsReader,
    private readonly descriptions: KnownDescriptions,
    private readonly live: LiveNodes,
    private readonly clock: Clock,
  ) {}

  /** Of entities that are known by their keys and kinds alone. */
  async entities(nodeId: string, asked: Asked, wants: (entity: Listed) => boolean): Promise<NodeFound> {
    return this.read(nodeId, asked, new Map(), async () => Promise.resolve(wants));
  }

  /** Of those that belong to what is asked for, and of the node itself when `andNode`. */
  async members(
    nodeId: string,
    asked: Asked,
    isMember: (belonging: Belonging) => boolean,
    andNode: boolean,
  ): Promise<NodeFound> {
    const members = new Map<string, Description>();
    return this.read(nodeId, asked, members, async (listings) => {
      const descriptions = await this.descriptions.of(nodeId, listings);
      for (const [key, description] of membersOf(listings, descriptions, isMember)) members.set(key, description);
      return ({ key, kind }) => members.has(key) || (andNode && kind === 'node');
    });
  }

  private async read(
    nodeId: string,
    asked: Asked,
    descriptions: ReadonlyMap<string, Description>,
    choose: Chooser,
  ): Promise<NodeFound> {
    let head = nothing;
    try {
      head = await this.fromSums(nodeId, asked, choose);
      const whole = head.watchedMs.length;
      const tail = await this.fromBlocks(nodeId, { ...asked, steps: after(asked.steps, whole) }, choose);
      const tier = whole === 0 ? 'raw' : tierOf(asked.steps);
      return { ...joinedTracks(head, tail), descriptions, tier, partial: tail.partial };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      const rest = { tracks: [], watchedMs: new Float64Array(asked.steps.count - head.watchedMs.length) };
      const tier = head.watchedMs.length === 0 ? 'raw' : tierOf(asked.steps);
      return { ...joinedTracks(head, rest), descriptions, tier, partial: error.message };
    }
  }

  /** The first steps, as far as they are whole in a tier: as many as there is watched time for. */
  private async fromSums(nodeId: string, { steps, metricIds, work }: Asked, choose: Chooser): Promise<Stretch> {
    const tier = tierOf(steps);
    if (tier === 'raw' || (tier === 'm1' && !this.hasMinutes(nodeId))) return nothing;
    const opened = await this.sums.node(nodeId, { steps, tier, metricIds, signal: work.signal });
    const whole = stepsIn(tier, steps, opened.throughMs, this.clock.nowMs());
    if (whole === 0) return nothing;
    const wants = await choose([opened]);
    const found = this.cut(opened, wants, before(steps, whole), work, metricIds.size);
    // Minutes are kept of nodes that are scraped often: where they end, samples go on.
    return tier === 'm1' ? firstOf(found, stepsWatched(found.watchedMs, steps.stepMs)) : found;
  }

  /** Whether a node is scraped so often that sums of minutes are kept of it; one that is silent may have been. */
  private hasMinutes(nodeId: string): boolean {
    return (this.live.get(nodeId)?.intervalMs ?? 0) <= minuteTierIntervalMs;
  }

  private cut(
    opened: OpenedSums,
    wants: (entity: Listed) => boolean,
    { count }: Steps,
    work: Work,
    metrics: number,
  ): Stretch {
    const wanted = new Set(opened.entities.filter(wants).map(({ key }) => key));
    work.holds(wanted.size * count * metrics);
    // Any entity knows how long its node was watched.
    const [any] = opened.entities;
    const all = opened.tracks(({ key }) => key === any?.key || wanted.has(key));
    const watchedMs = all[0]?.watchedMs.slice(0, count) ?? new Float64Array(count);
    const tracks = all.filter(({ key }) => wanted.has(key));
    return { tracks: tracks.map((track) => firstSteps(track, count)), watchedMs };
  }

  private async fromBlocks(nodeId: string, { steps, metricIds, work }: Asked, choose: Chooser) {
    const reader = new TrackReader(steps, metricIds, work);
    if (steps.count === 0) return { tracks: [], watchedMs: reader.watchedMs, partial: null };
    const take = async (blocks: readonly Block[], share: number): Promise<void> => {
      reader.take(blocks, await choose(blocks));
      work.took(reader.takeCount(), share);
    };
    const partial = await this.chunks.read(nodeId, steps, metricIds, take);
    return { tracks: reader.tracks(), watchedMs: reader.watchedMs, partial };
  }
}

function firstOf({ tracks, watchedMs }: Stretch, count: number): Stretch {
  return { tracks: tracks.map((track) => firstSteps(track, count)), watchedMs: watchedMs.subarray(0, count) };
}
