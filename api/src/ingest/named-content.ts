import type { Description, PushedBlock } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { hashesOf, KnownDescriptions } from '../live/known-descriptions.ts';
import { Problem } from '../problem/problem.ts';
import { Rosters } from '../rosters/rosters.ts';
import { Store } from '../store/store.ts';
import type { PushBody } from './push-body.ts';

/** A push with all that it names by hash. */
export interface CompletePush {
  readonly blocks: readonly PushedBlock[];
  readonly descriptions: ReadonlyMap<string, Description>;
}

/** Stores what a push brings of descriptions and rosters, and finds what else its blocks name. */
@Injectable()
export class NamedContent {
  constructor(
    private readonly store: Store,
    private readonly known: KnownDescriptions,
    private readonly rosters: Rosters,
  ) {}

  /**
   * Resolves when all that blocks name is stored, before any of them is. Rejects with Problem 409 `need`, which says
   * what lacks; with StoreUnavailableError.
   */
  async of(nodeId: string, push: PushBody): Promise<CompletePush> {
    await this.store.putDescriptions(nodeId, push.descriptions);
    await this.rosters.put(nodeId, push.rosters);
    refuseWithout('rosters', await this.rosters.load(nodeId, push.needed));
    const blocks = push.blocks(this.rosters.of(nodeId));
    const decoded = blocks.map(({ block }) => block);
    const descriptions = await this.known.of(nodeId, decoded, push.descriptions);
    refuseWithout(
      'descriptions',
      [...hashesOf(decoded)].filter((hash) => !descriptions.has(hash)),
    );
    return { blocks, descriptions };
  }
}

function refuseWithout(what: 'descriptions' | 'rosters', hashes: readonly string[]): void {
  if (hashes.length === 0) return;
  const message = `${hashes.length} ${what} are not known here and nothing was stored; send the push again with them`;
  const members = what === 'rosters' ? { need: [], rosters: hashes } : { need: hashes, rosters: [] };
  throw new Problem(409, 'need', message, { members });
}
