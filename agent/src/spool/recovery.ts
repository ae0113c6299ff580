import type { DropReason } from '@docksnap/contract';
import type { PendingTick } from './backlog.ts';
import type { Cursor } from './cursor.ts';
import type { Ranges } from './ranges.ts';
import { addRange, outside } from './ranges.ts';
import type { ScannedRecord, ScannedSegment } from './record.ts';

/** Ticks that were collected and are not in the spool, though they were not acknowledged. */
export interface Gap {
  readonly epoch: string;
  readonly first: number;
  readonly last: number;
  readonly reason: DropReason;
}

/**
 * Makes out, at a start, what an earlier run left: the ticks still to be pushed, its ledger, and which ticks are
 * missing. Sequence numbers are dense, so every hole is seen; one beside damaged bytes is `corrupt_record`, else the
 * file is gone: `lost_spool`. Segments are taken in their order.
 */
export class Recovery {
  readonly pending: PendingTick[] = [];
  readonly gaps: Gap[] = [];
  /** The newest ledger record; undefined: there is none. */
  ledger: string | undefined;
  readonly #cursor: Cursor | undefined;
  /** By epoch, from the cursor's on: the sequence number that should come next. */
  readonly #next = new Map<string, number>();
  /** The last ticks that damaged records tell of. */
  readonly #broken = new Map<string, number>();
  readonly #damagedEpochs = new Set<string>();
  /** By epoch: what is acknowledged though the disk never had it. */
  readonly #acknowledged = new Map<string, Ranges>();
  #epoch = '';
  #damaged = false;

  constructor(cursor: Cursor | undefined) {
    this.#cursor = cursor;
    if (cursor !== undefined) this.#next.set(cursor.epoch, cursor.seq);
    for (const { epoch, first, last } of cursor?.acknowledgedInMemory ?? []) {
      this.#acknowledged.set(epoch, addRange(this.#acknowledged.get(epoch) ?? [], first, last).ranges);
    }
  }

  take(segment: number, scanned: ScannedSegment): void {
    for (const record of scanned.records) {
      if (record.afterDamage) this.#damage();
      if (record.header.kind === 'ledger') this.ledger = record.payload.toString('utf8');
      if (record.header.kind === 'block') this.#takeBlock(segment, record);
    }
    if (scanned.tornTail) this.#damage();
    for (const { kind, id, seq, ticks } of scanned.broken) {
      if (kind === 'block') this.#broken.set(id, seq + ticks - 1);
    }
  }

  /** After the last segment. collected: sequence numbers given out by the ledger, by epoch. */
  finish(collected: (epoch: string) => number): void {
    const { latestEpoch, latestCollected } = this.#cursor ?? { latestEpoch: '', latestCollected: 0 };
    if (latestEpoch !== '' && !this.#next.has(latestEpoch)) this.#next.set(latestEpoch, 1);
    for (const range of this.#cursor?.onlyInMemory ?? []) this.gaps.push({ ...range, reason: 'lost_spool' });
    for (const [epoch, next] of this.#next) {
      const latest = epoch === latestEpoch ? latestCollected : 0;
      const last = Math.max(collected(epoch), latest, this.#broken.get(epoch) ?? 0);
      this.#gap(epoch, next, last, this.#damagedEpochs.has(epoch));
    }
  }

  #takeBlock(segment: number, { header, offset }: ScannedRecord): void {
    const { id: epoch, seq, ticks, tickMs, length } = header;
    this.#epoch = epoch;
    if (this.#isAcknowledged(segment, offset)) {
      this.#damaged = false;
      return;
    }
    // Without a cursor the spool may begin in the middle of an epoch.
    const first = this.#cursor === undefined && this.#next.size === 0 ? seq : 1;
    const next = this.#next.get(epoch) ?? first;
    this.#gap(epoch, next, seq - 1, this.#damaged);
    this.#next.set(epoch, Math.max(next, seq + ticks));
    this.#damaged = false;
    const place = { kind: 'disk', segment, offset } as const;
    this.pending.push({ epoch, seq, ticks, tickMs, byteLength: length, place, inFlight: false });
  }

  #isAcknowledged(segment: number, offset: number): boolean {
    const cursor = this.#cursor;
    if (cursor === undefined) return false;
    return segment < cursor.segment || (segment === cursor.segment && offset < cursor.offset);
  }

  #damage(): void {
    this.#damaged = true;
    this.#damagedEpochs.add(this.#epoch);
  }

  #gap(epoch: string, first: number, last: number, damaged: boolean): void {
    for (const [from, to] of outside(this.#acknowledged.get(epoch) ?? [], first, last)) {
      this.gaps.push({ epoch, first: from, last: to, reason: damaged ? 'corrupt_record' : 'lost_spool' });
    }
  }
}
