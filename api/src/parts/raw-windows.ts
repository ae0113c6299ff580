import { type Block } from '@docksnap/contract';
import { decodeBlock } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { zstd } from '../codec/zstd.ts';
import { Collections, type DocumentSet } from '../store/collections.ts';
import { partId } from '../store/identifiers.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { dayOf } from './days.ts';
import type { Part, PartDocument } from './part.ts';
import { PartRosters } from './part-rosters.ts';

/** How many parts are looked for at once, growing: most windows have one. */
const fewestProbes = 2;
const mostProbes = 16;

/** A part without its blocks. */
export type PartHead = Omit<PartDocument, 'body'>;

/** Parts as they were read before, by `_id`. */
interface ReadParts {
  get(id: string): Part | undefined;
}

/** Parts by node, window and number, and the rosters that they name. */
@Injectable()
export class RawWindows {
  readonly rosters: PartRosters;
  private readonly parts: DocumentSet<PartDocument>;

  constructor(collections: Collections) {
    this.parts = collections.of('raw');
    this.rosters = new PartRosters(collections);
  }

  /** False when that number is taken. */
  insert(part: PartDocument): Promise<boolean> {
    return this.parts.insert(part);
  }

  /**
   * The parts of a window from a number on, in order: they are dense, so the first missing one is the end. Of those in
   * `kept` no more is read than shows that they are still the same.
   */
  from(nodeId: string, window: number, first: number, kept?: ReadParts): AsyncGenerator<Part> {
    return this.walk(nodeId, window, first, async (id) => {
      const known = kept?.get(id);
      if (known !== undefined) {
        const head = await this.parts.find(id, 'body');
        if (head === undefined) return undefined;
        if (isSame(head, known)) return known;
      }
      const document = await this.parts.find(id);
      return document === undefined ? undefined : { ...document, base: await this.baseOf(nodeId, window, document) };
    });
  }

  /** The same, without their blocks. */
  heads(nodeId: string, window: number, first: number): AsyncGenerator<PartHead> {
    return this.walk(nodeId, window, first, (id) => this.parts.find(id, 'body'));
  }

  /** All of a window: its blocks, in no order and with true times, of all metrics or of those in `only`. */
  async read(
    nodeId: string,
    window: number,
    only?: ReadonlySet<number>,
  ): Promise<{ readonly blocks: readonly Block[]; readonly parts: number }> {
    const blocks: Block[] = [];
    let parts = 0;
    for await (const part of this.from(nodeId, window, 0)) {
      blocks.push(...blocksOfPart(part, only));
      parts += 1;
    }
    return { blocks, parts };
  }

  /** Removes a window, last part first: a crash in between leaves a window that still ends at its first gap. */
  async remove(nodeId: string, window: number): Promise<void> {
    const ids: string[] = [];
    for await (const { _id } of this.heads(nodeId, window, 0)) ids.push(_id);
    for (const id of ids.reverse()) await this.parts.remove(id);
  }

  /** A roster is inserted before what names it; when it is gone, the day is being removed. */
  private async baseOf(nodeId: string, window: number, { _id, roster }: PartDocument): Promise<Part['base']> {
    if (roster === undefined) return undefined;
    const base = await this.rosters.find(nodeId, dayOf(window), roster);
    if (base === undefined) throw new StoreUnavailableError(`part ${_id} is being removed; ask for a later time`);
    return base;
  }

  private async *walk<T>(
    nodeId: string,
    window: number,
    first: number,
    find: (id: string) => Promise<T | undefined>,
  ): AsyncGenerator<T> {
    for (let next = first, probes = fewestProbes; ; next += probes, probes = Math.min(4 * probes, mostProbes)) {
      const wanted = Array.from({ length: probes }, (_, offset) => partId(nodeId, window, next + offset));
      for (const part of await Promise.all(wanted.map(find))) {
        if (part === undefined) return;
        yield part;
      }
    }
  }
}

/** Whether both hold the same blocks: what is removed may come again, and others under its number. */
function isSame(one: PartHead, other: PartHead): boolean {
  return (
    one.entries.length === other.entries.length &&
    one.entries.every((entry, index) => {
      const beside = other.entries[index];
      return (
        entry.epoch === beside?.epoch &&
        entry.firstSeq === beside.firstSeq &&
        entry.firstTickMs === beside.firstTickMs &&
        entry.byteLength === beside.byteLength &&
        Buffer.compare(entry.claims, beside.claims) === 0
      );
    })
  );
}

/** The blocks of a part that have ticks in [fromMs, toMs]. */
export function* blocksOfPart(
  part: Part,
  only?: ReadonlySet<number>,
  fromMs = -Infinity,
  toMs = Infinity,
): Generator<Block> {
  const { base } = part;
  const rosters = (hash: string) => (hash === base?.hash ? base.roster : undefined);
  let offset = 0;
  for (const { byteLength, firstTickMs, lastTickMs } of part.entries) {
    const end = offset + byteLength;
    if (lastTickMs >= fromMs && firstTickMs <= toMs) {
      yield decodeBlock(part.body.subarray(offset, end), zstd, only, rosters);
    }
    offset = end;
  }
}
