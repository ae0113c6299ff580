import type { DropReason } from '@docksnap/contract';
import type { Log } from '../log.ts';
import type { Problems } from '../problems.ts';
import type { CollectedTick } from './active-segment.ts';
import { ActiveSegment } from './active-segment.ts';
import { addTicks, Backlog, countOf } from './backlog.ts';
import type { PendingTick, Place } from './backlog.ts';
import { loadCursor, saveCursor } from './cursor.ts';
import type { TickRange } from './cursor.ts';
import { Ledger } from './ledger.ts';
import { readBlocks, readNamed } from './reader.ts';
import type { Named } from './reader.ts';
import { scanSegment } from './record.ts';
import { Recovery } from './recovery.ts';
import { SegmentFiles } from './segments.ts';
import type { Segment } from './segments.ts';

export interface SpoolOptions {
  readonly directory: string;
  /** Bytes on the disk: beyond them the oldest segment is dropped. */
  readonly maxBytes: number;
  /** Age beyond which a tick is dropped. */
  readonly maxAgeMs: number;
  /** A segment is closed at this size, or at a sixteenth of maxAgeMs. */
  readonly segmentBytes: number;
  /** Bytes kept in memory while the disk takes nothing. */
  readonly memoryBytes: number;
}

/**
 * Keeps ticks until they are acknowledged: on the disk, in append-only segments; in memory while the disk refuses.
 * Bounded by bytes and age; what is dropped is counted. File operations run one after the other.
 */
export class Spool {
  readonly ledger = new Ledger();
  readonly backlog = new Backlog();
  readonly #options: SpoolOptions;
  readonly #files: SegmentFiles;
  readonly #wallMs: () => number;
  readonly #problems: Problems;
  readonly #log: Log;
  /** Oldest first; the active one is the last. */
  readonly #segments: Segment[] = [];
  #active: ActiveSegment | undefined;
  #nextNumber = 1;
  #latest = { epoch: '0'.repeat(32), collected: 0 };
  #savedDrops = 0;
  /** Ticks that only memory held: the next start must not take them for lost while an older one is pending. */
  #acknowledgedInMemory: TickRange[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(options: SpoolOptions, wallMs: () => number, problems: Problems, log: Log) {
    this.#options = options;
    this.#files = new SegmentFiles(options.directory);
    this.#wallMs = wallMs;
    this.#problems = problems;
    this.#log = log;
  }

  /** Takes up what an earlier run left. */
  async open(): Promise<void> {
    const cursor = await loadCursor(this.#options.directory);
    if (cursor !== undefined) {
      this.#latest = { epoch: cursor.latestEpoch, collected: cursor.latestCollected };
      this.#acknowledgedInMemory = [...cursor.acknowledgedInMemory];
    }
    const recovery = new Recovery(cursor);
    for (const number of await this.#files.list()) {
      this.#nextNumber = number + 1;
      const bytes = await this.#files.read(number).catch(() => Buffer.alloc(0));
      recovery.take(number, scanSegment(bytes));
      this.#segments.push({ number, bytes: bytes.length });
    }
    this.#restore(recovery);
    await this.#removeSettledSegments();
    const { ticks, bytes } = this.backlog;
    this.#log.info('spool opened', { directory: this.#options.directory, backlogTicks: ticks, backlogBytes: bytes });
  }

  /** Keeps a tick. Never throws: when the disk refuses, memory holds it and a problem is set. */
  async append(tick: CollectedTick): Promise<void> {
    await this.#inTurn(async () => {
      const { epoch, seq, ticks, tickMs } = tick;
      const last = seq + ticks - 1;
      this.ledger.collect(epoch, last);
      this.#latest = { epoch, collected: last };
      this.#dropOldTicks();
      await this.#dropSegmentsBeyond(this.#options.maxBytes - tick.bytes.length);
      const place = await this.#keep(tick);
      this.backlog.add({ epoch, seq, ticks, tickMs, byteLength: tick.bytes.length, place, inFlight: false });
      this.#boundMemory();
      await this.#afterSettling();
    });
  }

  /** Blocks of these ticks, as they were collected and in their order. A damaged one is dropped and counted. */
  async read(ticks: readonly PendingTick[]): Promise<Map<PendingTick, Uint8Array>> {
    const blocks = await readBlocks(this.#files, ticks);
    const whole = new Map([...blocks].filter((entry): entry is [PendingTick, Uint8Array] => entry[1] !== undefined));
    const damaged = ticks.filter((tick) => !whole.has(tick));
    if (damaged.length > 0) await this.drop(damaged, 'corrupt_record');
    return whole;
  }

  /** Descriptions and rosters by hash, as far as these ticks' segments have them. */
  named(hashes: ReadonlySet<string>, ticks: readonly PendingTick[]): Promise<Named> {
    return readNamed(this.#files, hashes, ticks);
  }

  /** These ticks are stored by the API. */
  async acknowledge(ticks: readonly PendingTick[]): Promise<void> {
    await this.#inTurn(async () => {
      for (const tick of ticks) {
        if (this.backlog.remove(tick) && tick.place.kind === 'memory') addTicks(this.#acknowledgedInMemory, tick);
      }
      await this.#afterSettling();
    });
  }

  /** These ticks are given up. */
  async drop(ticks: readonly PendingTick[], reason: DropReason): Promise<void> {
    await this.#inTurn(async () => {
      this.#giveUp(ticks, reason);
      await this.#afterSettling();
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#saveCursor();
      await this.#closeActive();
    });
  }

  #restore(recovery: Recovery): void {
    if (recovery.ledger !== undefined) this.ledger.restore(recovery.ledger);
    recovery.finish((epoch) => this.ledger.collected(epoch));
    for (const tick of recovery.pending) {
      this.ledger.collect(tick.epoch, tick.seq + tick.ticks - 1);
      this.backlog.add(tick);
    }
    for (const { epoch, first, last, reason } of recovery.gaps) {
      const ticks = this.ledger.drop(epoch, first, last, reason);
      if (ticks > 0) this.#log.error('spooled ticks are lost', { epoch, first, last, reason });
    }
  }

  async #keep(tick: CollectedTick): Promise<Place> {
    try {
      const active = await this.#activeFor(tick);
      const drops = [...this.ledger.dropTotals.values()].reduce((sum, count) => sum + count, 0);
      const saysLedger = active.segment.bytes === 0 || drops !== this.#savedDrops;
      const place = await active.append(tick, saysLedger ? this.ledger.toJson() : undefined);
      this.#savedDrops = drops;
      this.#problems.clear('spool');
      return place;
    } catch (error) {
      const message =
        `cannot write the spool in ${this.#options.directory} (${String(error)}): ticks are kept in memory and a ` +
        'restart loses them; give the volume space or make it writable';
      this.#problems.set('spool', 'SpoolUnwritable', message);
      await this.#closeActive();
      return { kind: 'memory', bytes: tick.bytes, descriptions: tick.descriptions, roster: tick.roster };
    }
  }

  async #activeFor(tick: CollectedTick): Promise<ActiveSegment> {
    const { segmentBytes, maxAgeMs } = this.#options;
    if (this.#active !== undefined) {
      const isFull = this.#active.segment.bytes + tick.bytes.length > segmentBytes;
      const isOld = Math.abs(this.#wallMs() - this.#active.openedMs) > maxAgeMs / 16;
      if (!isFull && !isOld) return this.#active;
      await this.#closeActive();
    }
    const number = this.#nextNumber++;
    const active = new ActiveSegment(number, await this.#files.create(number), this.#wallMs());
    this.#active = active;
    this.#segments.push(active.segment);
    return active;
  }

  async #closeActive(): Promise<void> {
    const active = this.#active;
    if (active === undefined) return;
    await active.close();
    this.#active = undefined;
    // A full disk may still give a name, tick after tick.
    if (active.segment.bytes === 0) {
      this.#segments.pop();
      await this.#files.remove(active.segment.number);
    }
  }

  #dropOldTicks(): void {
    const oldestMs = this.#wallMs() - this.#options.maxAgeMs;
    const old: PendingTick[] = [];
    for (const tick of this.backlog) {
      if (tick.tickMs >= oldestMs) break;
      if (!tick.inFlight) old.push(tick);
    }
    this.#giveUp(old, 'too_old');
  }

  /** Drops whole segments, oldest first, until those left have at most that many bytes. */
  async #dropSegmentsBeyond(bytes: number): Promise<void> {
    let total = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    while (total > bytes) {
      const [oldest] = this.#segments;
      if (oldest === undefined) return;
      const ticks = [...this.backlog].filter(({ place }) => place.kind === 'disk' && place.segment === oldest.number);
      // Their push may just be stored: they are not called dropped before its outcome is known.
      if (ticks.some((tick) => tick.inFlight)) return;
      this.#giveUp(ticks, 'buffer_full');
      if (oldest === this.#active?.segment) await this.#closeActive();
      await this.#files.remove(oldest.number);
      this.#segments.shift();
      total -= oldest.bytes;
    }
  }

  #boundMemory(): void {
    const excess: PendingTick[] = [];
    let bytes = this.backlog.memoryBytes;
    for (const tick of this.backlog) {
      if (bytes <= this.#options.memoryBytes) break;
      if (tick.place.kind !== 'memory' || tick.inFlight) continue;
      bytes -= tick.byteLength;
      excess.push(tick);
    }
    this.#giveUp(excess, 'buffer_full');
  }

  #giveUp(ticks: readonly PendingTick[], reason: DropReason): void {
    for (const tick of ticks) {
      if (!this.backlog.remove(tick)) continue;
      this.ledger.drop(tick.epoch, tick.seq, tick.seq + tick.ticks - 1, reason);
    }
    if (ticks.length > 0) this.#log.error('ticks are dropped', { ticks: countOf(ticks), reason });
  }

  /** The cursor first: what it says is still pending must be there. A full disk takes it after the removal. */
  async #afterSettling(): Promise<void> {
    const isSaved = await this.#saveCursor();
    await this.#removeSettledSegments();
    if (!isSaved) await this.#saveCursor();
  }

  /** In order only: a hole in the middle would look like a loss at the next start. */
  async #removeSettledSegments(): Promise<void> {
    const first = this.backlog.firstOnDisk()?.place.segment ?? Infinity;
    let [oldest] = this.#segments;
    while (oldest !== undefined && oldest.number < first && oldest !== this.#active?.segment) {
      await this.#files.remove(oldest.number);
      this.#segments.shift();
      [oldest] = this.#segments;
    }
    const { epoch: latest } = this.#latest;
    this.ledger.prune((epoch) => epoch === latest || this.backlog.holdsEpoch(epoch));
  }

  /** Returns whether the disk took it: an old cursor only costs duplicates, and append tells of the disk. */
  async #saveCursor(): Promise<boolean> {
    const { epoch, collected } = this.#latest;
    const first = this.backlog.firstOnDisk();
    const end = { segment: this.#active?.segment.number ?? this.#nextNumber, offset: this.#active?.segment.bytes ?? 0 };
    const { segment, offset } = first?.place ?? end;
    const at = first ?? { epoch, seq: collected + 1 };
    const latest = { latestEpoch: epoch, latestCollected: collected };
    if (first === undefined) this.#acknowledgedInMemory = [];
    const inMemory = {
      onlyInMemory: this.backlog.onlyInMemory(),
      acknowledgedInMemory: this.#acknowledgedInMemory,
    };
    const cursor = { segment, offset, epoch: at.epoch, seq: at.seq, ...latest, ...inMemory };
    return saveCursor(this.#options.directory, cursor).then(
      () => true,
      () => false,
    );
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
