import type { Collections, DocumentSet, Identified } from '../store/collections.ts';
import { StoreUnavailableError } from '../store/store.ts';

type SectionField = `s${number}`;

/** What a revision says of a span. */
export interface Revision {
  /** Ticks of raw samples that are in it. */
  readonly ticks: number;
  /** Blocks by section. */
  readonly sections: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** `subject/span/v` → a revision; when a later one says all that it said, only where to look on. */
interface SpanDocument extends Identified {
  readonly next?: number;
  readonly ticks?: number;
  readonly [section: SectionField]: readonly Uint8Array[] | undefined;
}

/** The end of a chain: the newest revision if there is one, and the number that the next will have. */
interface End {
  readonly newest: { readonly v: number; readonly document: SpanDocument } | undefined;
  readonly free: number;
}

/** Writers of one span that overtake each other this often have gone wrong. */
const mostAttempts = 20;

/**
 * The revisions of spans, numbered densely from 0. Each revision is made from the one before it and inserted under the
 * next number: of two writers one finds it taken, and begins again with what the other wrote, so a span never loses
 * what it had. A revision that was followed is emptied and points onwards; it never comes back. So readers find the
 * newest from number 0 on in two steps, and whoever crashes leaves a chain that is whole.
 */
export class SpanDocuments {
  private readonly documents: DocumentSet<SpanDocument>;
  private readonly sections: readonly number[];

  /** `sections` are those that a revision may have. */
  constructor(collections: Collections, name: string, sections: readonly number[]) {
    this.documents = collections.of(name);
    this.sections = sections;
  }

  /**
   * The given sections of the newest revision, or of one that is about to be followed, and its number; undefined when
   * there is none. Rejects with StoreUnavailableError.
   */
  async read(
    subject: string,
    span: number,
    wanted: ReadonlySet<number>,
  ): Promise<(Revision & { readonly v: number }) | undefined> {
    const without = this.sections.filter((section) => !wanted.has(section));
    const { newest } = await this.walk(subject, span, 0, without);
    return newest === undefined ? undefined : { v: newest.v, ...this.revisionOf(newest.document) };
  }

  /**
   * Adds the revision that `make` gives from the newest one, and when another writer was faster from that one's; adds
   * nothing when it gives undefined. `announce` is awaited before each attempt, with the number that it would have.
   * Rejects with StoreUnavailableError: the outcome is then not known, and doing it again is right.
   */
  async add(
    subject: string,
    span: number,
    make: (before: Revision | undefined) => Revision | undefined,
    announce: (v: number) => Promise<void>,
  ): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const { newest, free } = await this.end(subject, span);
      const made = make(newest === undefined ? undefined : this.revisionOf(newest.document));
      if (made === undefined) return;
      await announce(free);
      if (await this.documents.insert(documentOf(idOf(subject, span, free), made))) {
        if (newest !== undefined) await this.supersede(subject, span, newest.v, free);
        return;
      }
    }
    throw new StoreUnavailableError(`span ${span} of ${subject} is written by too many at once; it is tried again`);
  }

  /** Removes a span, newest revision first: a crash in between leaves one that still ends at its first gap. */
  async remove(subject: string, span: number): Promise<void> {
    let end = 0;
    while ((await this.find(subject, span, end, this.sections)) !== undefined) end += 1;
    for (let v = end - 1; v >= 0; v -= 1) await this.documents.remove(idOf(subject, span, v));
  }

  /** The end of the chain, links made good that a crash left out. */
  private async end(subject: string, span: number): Promise<End> {
    let end = await this.walk(subject, span, 0, []);
    for (;;) {
      const { newest } = end;
      if (newest === undefined) return end;
      const next = await this.walk(subject, span, newest.v + 1, []);
      if (next.newest === undefined) return { newest, free: next.free };
      await this.supersede(subject, span, newest.v, newest.v + 1);
      end = next;
    }
  }

  /** Goes from a number to the revision that it leads to; where the chain breaks off, its number is free. */
  private async walk(subject: string, span: number, from: number, without: readonly number[]): Promise<End> {
    let v = from;
    for (;;) {
      const document = await this.find(subject, span, v, without);
      if (document === undefined) return { newest: undefined, free: v };
      if (document.next === undefined) return { newest: { v, document }, free: v + 1 };
      v = document.next;
    }
  }

  /** Links a revision to a later one, and number 0 too, where readers begin. */
  private async supersede(subject: string, span: number, v: number, next: number): Promise<void> {
    await this.documents.replace([...new Set([v, 0])].map((one) => ({ _id: idOf(subject, span, one), next })));
  }

  private find(
    subject: string,
    span: number,
    v: number,
    without: readonly number[],
  ): Promise<SpanDocument | undefined> {
    return this.documents.find(idOf(subject, span, v), ...without.map(fieldOf));
  }

  private revisionOf(document: SpanDocument): Revision {
    const sections = new Map<number, readonly Uint8Array[]>();
    for (const section of this.sections) {
      const blocks = document[fieldOf(section)];
      if (blocks !== undefined) sections.set(section, blocks);
    }
    return { ticks: document.ticks ?? 0, sections };
  }
}

function documentOf(_id: string, { ticks, sections }: Revision): SpanDocument {
  const blocks = [...sections].map(([section, some]): [SectionField, readonly Uint8Array[]] => [
    fieldOf(section),
    some,
  ]);
  return { _id, ticks, ...Object.fromEntries(blocks) };
}

function fieldOf(section: number): SectionField {
  return `s${section}`;
}

function idOf(subject: string, span: number, v: number): string {
  return `${subject}/${span}/${v}`;
}
