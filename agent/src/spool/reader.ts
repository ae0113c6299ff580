import type { Description } from '@docksnap/contract';
import type { PendingTick, Place } from './backlog.ts';
import type { ScannedRecord } from './record.ts';
import { scanSegment } from './record.ts';
import type { SegmentFiles } from './segments.ts';

/** Blocks of ticks as they were collected, in the ticks' order; undefined for a record that is damaged. */
export async function readBlocks(
  files: SegmentFiles,
  ticks: readonly PendingTick[],
): Promise<Map<PendingTick, Uint8Array | undefined>> {
  const blocks = new Map<PendingTick, Uint8Array | undefined>();
  const offsets = new Map<number, number[]>();
  const onDisk = new Map<number, PendingTick[]>();
  for (const tick of ticks) {
    blocks.set(tick, tick.place.kind === 'memory' ? tick.place.bytes : undefined);
    if (tick.place.kind === 'memory') continue;
    const { segment, offset } = tick.place;
    offsets.set(segment, [...(offsets.get(segment) ?? []), offset]);
    onDisk.set(segment, [...(onDisk.get(segment) ?? []), tick]);
  }
  for (const [segment, placed] of onDisk) {
    const payloads = await files.payloads(segment, offsets.get(segment) ?? []);
    for (const [index, tick] of placed.entries()) blocks.set(tick, payloads[index]);
  }
  return blocks;
}

/** What blocks name by hash. */
export interface Named {
  readonly descriptions: ReadonlyMap<string, Description>;
  /** Encoded. */
  readonly rosters: ReadonlyMap<string, Uint8Array>;
}

/** Descriptions and rosters with these hashes, as far as the segments of these ticks, or memory, have them. */
export async function readNamed(
  files: SegmentFiles,
  hashes: ReadonlySet<string>,
  ticks: readonly PendingTick[],
): Promise<Named> {
  const found = { descriptions: new Map<string, Description>(), rosters: new Map<string, Uint8Array>() };
  const segments = new Set<number>();
  for (const { place } of ticks) {
    if (place.kind === 'disk') segments.add(place.segment);
    else takeFromMemory(place, hashes, found);
  }
  for (const segment of segments) {
    if (found.descriptions.size + found.rosters.size === hashes.size) break;
    const { records } = scanSegment(await files.read(segment).catch(() => Buffer.alloc(0)));
    for (const record of records) if (hashes.has(record.header.id)) takeFromRecord(record, found);
  }
  return found;
}

interface Found {
  readonly descriptions: Map<string, Description>;
  readonly rosters: Map<string, Uint8Array>;
}

function takeFromMemory(
  { descriptions, roster }: Extract<Place, { kind: 'memory' }>,
  hashes: ReadonlySet<string>,
  found: Found,
): void {
  for (const [hash, description] of descriptions) if (hashes.has(hash)) found.descriptions.set(hash, description);
  if (hashes.has(roster.hash)) found.rosters.set(roster.hash, roster.bytes);
}

function takeFromRecord({ header: { kind, id }, payload }: ScannedRecord, found: Found): void {
  // This agent wrote it from a Description, and its checksum holds.
  if (kind === 'description') found.descriptions.set(id, JSON.parse(payload.toString('utf8')) as Description);
  if (kind === 'roster') found.rosters.set(id, payload);
}
