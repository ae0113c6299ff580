import type { Description } from '@docksnap/contract';
import { canonicalJson } from '@docksnap/contract/codec';
import type { EncodedRoster } from '../tick/roster-keeper.ts';
import type { Place } from './backlog.ts';
import { encodeRecord } from './record.ts';
import type { SegmentWriter } from './segment-writer.ts';
import type { Segment } from './segments.ts';

/** A tick as it was collected, or several that came by one read and make one block. */
export interface CollectedTick {
  readonly epoch: string;
  /** Of the first. */
  readonly seq: number;
  /** How many: seq to seq + ticks - 1. */
  readonly ticks: number;
  /** Of the last. */
  readonly tickMs: number;
  /** The encoded block. */
  readonly bytes: Uint8Array;
  readonly descriptions: ReadonlyMap<string, Description>;
  /** The one that the block names. */
  readonly roster: EncodedRoster;
}

/** The segment that ticks are appended to. It holds all descriptions and rosters that its blocks name, at first use. */
export class ActiveSegment {
  readonly segment: Segment;
  readonly openedMs: number;
  readonly #writer: SegmentWriter;
  readonly #described = new Set<string>();
  readonly #rosters = new Set<string>();

  constructor(number: number, writer: SegmentWriter, openedMs: number) {
    this.segment = { number, bytes: 0 };
    this.#writer = writer;
    this.openedMs = openedMs;
  }

  /** Appends a tick, after the ledger if one is given. @throws when the disk refuses; then nothing was appended. */
  async append(tick: CollectedTick, ledger: string | undefined): Promise<Place> {
    const records: Buffer[] = [];
    if (ledger !== undefined) records.push(encodeRecord({ kind: 'ledger', payload: Buffer.from(ledger) }));
    const news = [...tick.descriptions].filter(([hash]) => !this.#described.has(hash));
    for (const [hash, description] of news) {
      records.push(encodeRecord({ kind: 'description', id: hash, payload: Buffer.from(canonicalJson(description)) }));
    }
    const { hash, bytes } = tick.roster;
    if (!this.#rosters.has(hash)) records.push(encodeRecord({ kind: 'roster', id: hash, payload: bytes }));
    const offset = records.reduce((sum, record) => sum + record.length, this.#writer.size);
    const { epoch, seq, ticks, tickMs } = tick;
    records.push(encodeRecord({ kind: 'block', id: epoch, seq, ticks, tickMs, payload: tick.bytes }));
    await this.#writer.append(Buffer.concat(records));
    for (const [described] of news) this.#described.add(described);
    this.#rosters.add(hash);
    this.segment.bytes = this.#writer.size;
    return { kind: 'disk', segment: this.segment.number, offset };
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
