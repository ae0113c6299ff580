import { limits, type ProcessList, processListSchema } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sealedZstd } from '../codec/zstd.ts';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';
import { windowMs } from '../store/identifiers.ts';

export const minuteMs = 60_000;
/** Of the windows that samples are kept by. */
export const minutesPerWindow = windowMs / minuteMs;
const minutesPerDay = 24 * 60;
/** A list as JSON, which may be longer than it was sent: numbers can be written in several ways. */
const listBytes = 8 * limits.processListBytes;

/** `n/minute` → the node's processes of that minute, as compressed JSON. Inserted once. */
interface MinuteDocument extends Identified {
  readonly list: Uint8Array;
}

/** `n/day` → that node has lists in that UTC day. Inserted once, before the day's first list. */
type DayDocument = Identified;

export interface ProcessDay {
  readonly nodeId: string;
  /** Whole days since 1970. */
  readonly day: number;
}

/** Lists of processes by node and minute: whole minutes since 1970. All reject with StoreUnavailableError. */
@Injectable()
export class KeptProcesses {
  private readonly minutes: DocumentSet<MinuteDocument>;
  private readonly dayDocuments: DocumentSet<DayDocument>;

  constructor(collections: Collections) {
    this.minutes = collections.of('processes');
    this.dayDocuments = collections.of('processDays');
  }

  /** False when that minute has a list already. */
  async insert(nodeId: string, minute: number, list: ProcessList): Promise<boolean> {
    // Each time: retention may have closed a day in another replica.
    await this.dayDocuments.insert({ _id: `${nodeId}/${Math.floor(minute / minutesPerDay)}` });
    const bytes = sealedZstd.compress(Buffer.from(JSON.stringify(list)));
    return this.minutes.insert({ _id: `${nodeId}/${minute}`, list: bytes });
  }

  async read(nodeId: string, minute: number): Promise<ProcessList | undefined> {
    const found = await this.minutes.find(`${nodeId}/${minute}`);
    if (found === undefined) return undefined;
    const json = Buffer.from(sealedZstd.decompress(found.list, listBytes)).toString('utf8');
    return processListSchema.parse(JSON.parse(json));
  }

  /** The days of which there are lists. */
  async days(): Promise<readonly ProcessDay[]> {
    return (await this.dayDocuments.all()).map(({ _id }) => {
      const [nodeId = '', day = ''] = _id.split('/');
      return { nodeId, day: Number(day) };
    });
  }

  /** Removes the lists of a day before a minute, from `firstMinute` on, and the day when it is over by then. */
  async removeBefore({ nodeId, day }: ProcessDay, minute: number, firstMinute = 0): Promise<void> {
    const [first, end] = [day * minutesPerDay, (day + 1) * minutesPerDay];
    for (let each = Math.max(first, firstMinute); each < Math.min(end, minute); each += 1) {
      await this.minutes.remove(`${nodeId}/${each}`);
    }
    if (end <= minute) await this.dayDocuments.remove(`${nodeId}/${day}`);
  }

  /** Removes all that a node has before a minute. */
  async removeNode(nodeId: string, minute: number): Promise<void> {
    for (const each of await this.days()) {
      if (each.nodeId === nodeId) await this.removeBefore(each, minute);
    }
  }
}
