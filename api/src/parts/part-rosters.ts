import type { Block } from '@docksnap/contract';
import type { NamedRoster } from '@docksnap/contract/codec';
import { decodeRoster, encodeRoster, rosterHash } from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { sealedZstd, zstd } from '../codec/zstd.ts';
import type { Collections, DocumentSet, Identified } from '../store/collections.ts';
import { differsLittle, rosterOf } from './roster-of.ts';

/** `n/day/number` → a roster that parts of that node and UTC day name. Numbers are dense from 0. Inserted once. */
interface PartRosterDocument extends Identified {
  readonly body: Uint8Array;
}

/** A roster, and its number among those of its node and day. */
export interface DayRoster extends NamedRoster {
  readonly number: number;
}

/** Rosters in memory, about 80 KB each for a node of 60 containers. */
const mostKept = 256;
/** A block of fewer ticks is not worth a roster: what it says itself costs as much. */
const leastTicks = 20;

/**
 * What stays the same in a node's parts for a day, said once: a part names the newest roster of its day, and says only
 * what differs. They live as long as the day's parts, and go when the last of these has gone.
 */
export class PartRosters {
  private readonly documents: DocumentSet<PartRosterDocument>;
  /** By `_id`, the one used last at the end. */
  private readonly kept = new Map<string, DayRoster>();
  /** The number of the newest one known, by node and day. */
  private readonly newest = new Map<string, number>();

  constructor(collections: Collections) {
    this.documents = collections.of('part_rosters');
  }

  /** One that these blocks differ little from, made of them if need be; undefined when they had better name none. */
  async baseFor(nodeId: string, day: number, blocks: readonly Block[]): Promise<DayRoster | undefined> {
    const [block] = blocks.toSorted((one, other) => other.tickTimes.length - one.tickTimes.length);
    if (block === undefined) return undefined;
    for (let known = await this.last(nodeId, day); ; known = await this.last(nodeId, day)) {
      if (known !== undefined && differsLittle(block, known.roster)) return known;
      if (block.tickTimes.length < leastTicks) return undefined;
      const roster = rosterOf(block);
      const body = encodeRoster(roster, sealedZstd);
      const made = { number: (known?.number ?? -1) + 1, hash: rosterHash(body, sha256), roster };
      // Another replica may have made one of that number, which may do as well.
      if (await this.documents.insert({ _id: rosterId(nodeId, day, made.number), body })) {
        return this.keep(nodeId, day, made);
      }
    }
  }

  /** Undefined when there is none of that number. */
  async find(nodeId: string, day: number, number: number): Promise<DayRoster | undefined> {
    const kept = this.kept.get(rosterId(nodeId, day, number));
    if (kept !== undefined) return this.keep(nodeId, day, kept);
    const document = await this.documents.find(rosterId(nodeId, day, number));
    if (document === undefined) return undefined;
    const { body } = document;
    return this.keep(nodeId, day, { number, hash: rosterHash(body, sha256), roster: decodeRoster(body, zstd) });
  }

  /** Puts one back that was removed while a part was made that names it: the same, for its bytes are. */
  async restore(nodeId: string, day: number, { number, roster }: DayRoster): Promise<void> {
    if (await this.has(nodeId, day, number)) return;
    await this.documents.insert({ _id: rosterId(nodeId, day, number), body: encodeRoster(roster, sealedZstd) });
  }

  /** Removes a day's, which no part names any more, the last one first. */
  async remove(nodeId: string, day: number): Promise<void> {
    this.newest.delete(`${nodeId}/${day}`);
    let count = 0;
    while (await this.has(nodeId, day, count)) count += 1;
    for (let number = count - 1; number >= 0; number -= 1) {
      this.kept.delete(rosterId(nodeId, day, number));
      await this.documents.remove(rosterId(nodeId, day, number));
    }
  }

  /** The newest of a day. The database is asked each time: another replica may have removed it with its day. */
  private async last(nodeId: string, day: number): Promise<DayRoster | undefined> {
    const known = this.newest.get(`${nodeId}/${day}`) ?? 0;
    let count = (await this.has(nodeId, day, known)) ? known + 1 : 0;
    while (await this.has(nodeId, day, count)) count += 1;
    return count === 0 ? undefined : this.find(nodeId, day, count - 1);
  }

  private async has(nodeId: string, day: number, number: number): Promise<boolean> {
    return (await this.documents.find(rosterId(nodeId, day, number), 'body')) !== undefined;
  }

  private keep(nodeId: string, day: number, roster: DayRoster): DayRoster {
    const id = rosterId(nodeId, day, roster.number);
    this.kept.delete(id);
    this.kept.set(id, roster);
    const key = `${nodeId}/${day}`;
    this.newest.set(key, Math.max(roster.number, this.newest.get(key) ?? 0));
    for (const oldest of this.kept.keys()) if (this.kept.size > mostKept) this.kept.delete(oldest);
    for (const oldest of this.newest.keys()) if (this.newest.size > mostKept) this.newest.delete(oldest);
    return roster;
  }
}

function rosterId(nodeId: string, day: number, number: number): string {
  return `${nodeId}/${day}/${number}`;
}
