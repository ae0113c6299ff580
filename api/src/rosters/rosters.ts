import type { ReadRoster, Roster, Rosters as RosterLookup } from '@docksnap/contract/codec';
import { decodeRoster } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { zstd } from '../codec/zstd.ts';
import { Collections, type Identified } from '../store/collections.ts';
import { dayOf, daysNamedAt, firstKeptDay, staleDays } from './roster-days.ts';

/** A roster of a node, as its agent encoded it. Inserted once. */
export interface RosterDocument extends Identified {
  readonly body: Uint8Array;
}

interface Kept {
  readonly roster: Roster;
  /** Of the collection that has it. */
  readonly day: number;
}

/** Rosters in memory, about 80 KB each for a node of 60 containers; blocks in memory hold on to theirs besides. */
const mostKept = 8192;

/**
 * The rosters that blocks in logs name, a collection a day: a day's is dropped when no log can name it any more, and an
 * agent whose block names an older one is asked for it again.
 */
@Injectable()
export class Rosters {
  /** By node and hash, the one used last at the end. */
  private readonly kept = new Map<string, Kept>();
  private tidiedDay = 0;

  constructor(
    private readonly collections: Collections,
    private readonly clock: Clock,
  ) {}

  /** Stores those that are not stored. Rejects with StoreUnavailableError: then some may not be. */
  async put(nodeId: string, rosters: ReadonlyMap<string, ReadRoster>): Promise<void> {
    const today = this.today();
    for (const [hash, { roster, bytes }] of rosters) {
      const _id = rosterId(nodeId, hash);
      if (this.find(_id) !== undefined) continue;
      await this.documents(today).insert({ _id, body: bytes });
      this.keep(_id, { roster, day: today });
    }
  }

  /** Makes these known to `of`, from memory or the database; answers those that nobody has. */
  async load(nodeId: string, hashes: Iterable<string>): Promise<readonly string[]> {
    const missing: string[] = [];
    for (const hash of hashes) {
      const _id = rosterId(nodeId, hash);
      const found = this.find(_id) ?? (await this.read(_id, this.keptDays()));
      if (found === undefined) missing.push(hash);
      else this.keep(_id, found);
    }
    return missing;
  }

  /** The node's rosters that were put or loaded a moment ago. */
  of(nodeId: string): RosterLookup {
    return (hash) => this.find(rosterId(nodeId, hash))?.roster;
  }

  /** Those that a log of that time names, however long ago that was; without those that nobody has. */
  async namedAt(nodeId: string, hashes: Iterable<string>, atMs: number): Promise<ReadonlyMap<string, Roster>> {
    const named = new Map<string, Roster>();
    for (const hash of hashes) {
      const _id = rosterId(nodeId, hash);
      const found = this.kept.get(_id) ?? (await this.read(_id, daysNamedAt(dayOf(atMs))));
      if (found === undefined) continue;
      this.keep(_id, found);
      named.set(hash, found.roster);
    }
    return named;
  }

  /** Drops those that only logs from before that time could name. */
  async dropBefore(oldestLogMs: number): Promise<void> {
    const oldest = dayOf(oldestLogMs);
    if (this.tidiedDay === oldest) return;
    for (const day of staleDays(oldest)) await this.documents(day).drop();
    this.tidiedDay = oldest;
  }

  private async read(_id: string, days: readonly number[]): Promise<Kept | undefined> {
    for (const day of days) {
      const document = await this.documents(day).find(_id);
      if (document !== undefined) return { roster: decodeRoster(document.body, zstd), day };
    }
    return undefined;
  }

  /** What may be dropped is not named anew, though it be in memory. */
  private find(id: string): Kept | undefined {
    const found = this.kept.get(id);
    return found === undefined || found.day < firstKeptDay(this.today()) ? undefined : found;
  }

  private keep(id: string, kept: Kept): void {
    this.kept.delete(id);
    this.kept.set(id, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) return;
      this.kept.delete(oldest);
    }
  }

  private today(): number {
    return dayOf(this.clock.nowMs());
  }

  private keptDays(): readonly number[] {
    const today = this.today();
    return Array.from({ length: today - firstKeptDay(today) + 1 }, (_, i) => today - i);
  }

  private documents(day: number) {
    return this.collections.of<RosterDocument>(`rosters_${day}`);
  }
}

function rosterId(nodeId: string, hash: string): string {
  return `${nodeId}/${hash}`;
}
