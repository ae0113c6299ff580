import type { Block, Description, Entity } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { StoreUnavailableError } from '../store/store.ts';
import type { Belonging } from '../workloads/workload-of.ts';
import { BlockChunks } from './block-chunks.ts';
import { membersOf } from './members.ts';
import type { Steps } from './steps.ts';
import type { Track } from './track.ts';
import { TrackReader } from './tracks.ts';
import type { Work } from './work.ts';

/** What one node's store and memory say of the entities that were asked for. */
export interface NodeFound {
  readonly tracks: readonly Track[];
  /** By key, of those whose belonging was asked about: how they were described last. */
  readonly descriptions: ReadonlyMap<string, Description>;
  /** Time of each step in which the node was watched, in ms. */
  readonly watchedMs: Float64Array;
  readonly partial: string | null;
}

/** A question to each node. */
export interface Asked {
  readonly steps: Steps;
  readonly metricIds: ReadonlySet<number>;
  readonly work: Work;
}

/** Reads a node's blocks into tracks. */
@Injectable()
export class NodeTracks {
  constructor(
    private readonly chunks: BlockChunks,
    private readonly descriptions: KnownDescriptions,
  ) {}

  /** Of entities that are known by their keys and kinds alone. */
  async entities(nodeId: string, asked: Asked, wants: (entity: Entity) => boolean): Promise<NodeFound> {
    return this.read(nodeId, asked, new Map(), (blocks, reader) => {
      reader.take(blocks, wants);
    });
  }

  /** Of those that belong to what is asked for, and of the node itself when `andNode`. */
  async members(
    nodeId: string,
    asked: Asked,
    isMember: (belonging: Belonging) => boolean,
    andNode: boolean,
  ): Promise<NodeFound> {
    const members = new Map<string, Description>();
    return this.read(nodeId, asked, members, async (blocks, reader) => {
      const descriptions = await this.descriptions.of(nodeId, blocks);
      for (const [key, description] of membersOf(blocks, descriptions, isMember)) members.set(key, description);
      reader.take(blocks, ({ key, kind }) => members.has(key) || (andNode && kind === 'node'));
    });
  }

  private async read(
    nodeId: string,
    { steps, metricIds, work }: Asked,
    descriptions: ReadonlyMap<string, Description>,
    take: (blocks: readonly Block[], reader: TrackReader) => void | Promise<void>,
  ): Promise<NodeFound> {
    const reader = new TrackReader(steps, metricIds, work);
    const found = (partial: string | null): NodeFound => {
      return { tracks: reader.tracks(), descriptions, watchedMs: reader.watchedMs, partial };
    };
    try {
      return found(
        await this.chunks.read(nodeId, steps, metricIds, async (blocks, share) => {
          await take(blocks, reader);
          work.took(reader.takeCount(), share);
        }),
      );
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return found(error.message);
    }
  }
}
