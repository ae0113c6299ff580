/** A label set seen on the page, found again by its bytes so that its rows cost no parsing and no allocation. */
export interface LabelEntry<T> {
  readonly bytes: Uint8Array;
  /** What the owner of the table attached to it. */
  readonly value: T;
  /** Number of the page on which it was last seen. */
  page: number;
  /** Number of the family, counted over all pages, in which it was last seen: tells a duplicate row. */
  family: number;
  next: LabelEntry<T> | undefined;
  readonly seed: number;
  /** The entry that followed it in a family: in the next family it will most likely do so again. */
  after: LabelEntry<T> | undefined;
}

/** Distinct label sets that one page may have: some 30 for each of the 4,096 entities of a block. */
export const labelSetsPerPage = 131_072;

function sameBytes(entry: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < entry.length; i++) if (entry[i] !== bytes[start + i]) return false;
  return true;
}

/** FNV-1a over bytes[start, end), seeded so that equal labels of different groups are different entries. */
function hashOf(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

/** Interns label sets by their bytes. */
export class LabelTable<T> {
  readonly #entries = new Map<number, LabelEntry<T>>();
  #size = 0;
  #page = 0;

  /** Forgets label sets that the last page did not have, and starts the next. */
  startPage(): void {
    this.#entries.forEach((head, hash) => {
      const kept = this.#seen(head);
      if (kept === undefined) this.#entries.delete(hash);
      else if (kept !== head) this.#entries.set(hash, kept);
    });
    this.#page++;
  }

  /** Whether an entry is still in the table. */
  has(entry: LabelEntry<T>): boolean {
    return entry.page >= this.#page - 1;
  }

  /** Notes that an entry is on the current page. */
  touch(entry: LabelEntry<T>): void {
    entry.page = this.#page;
  }

  /** The entry of a label set, made by `create` at first sight; undefined when the page has too many. */
  find(bytes: Uint8Array, start: number, end: number, seed: number, create: () => T): LabelEntry<T> | undefined {
    const hash = hashOf(bytes, start, end, seed);
    const head = this.#entries.get(hash);
    for (let entry = head; entry !== undefined; entry = entry.next) {
      if (entry.bytes.length !== end - start || !sameBytes(entry.bytes, bytes, start)) continue;
      entry.page = this.#page;
      return entry;
    }
    if (this.#size >= labelSetsPerPage) return undefined;
    // A copy: the page's buffer is reused.
    const copy = new Uint8Array(bytes.subarray(start, end));
    const entry = { bytes: copy, value: create(), page: this.#page, family: -1, next: head, seed, after: undefined };
    this.#entries.set(hash, entry);
    this.#size++;
    return entry;
  }

  /** The chain without the entries that were not on the current page; order does not matter. */
  #seen(head: LabelEntry<T>): LabelEntry<T> | undefined {
    let kept: LabelEntry<T> | undefined;
    let entry: LabelEntry<T> | undefined = head;
    while (entry !== undefined) {
      const { next }: LabelEntry<T> = entry;
      if (entry.page === this.#page) {
        entry.next = kept;
        kept = entry;
      } else {
        this.#size--;
      }
      entry = next;
    }
    return kept;
  }
}
