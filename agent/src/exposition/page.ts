import type { GroupKind } from '@docksnap/contract';
import { groupKinds } from '@docksnap/contract/metrics';
import type { FactName, Family, PagePath } from './families.ts';
import { familiesOf } from './families.ts';
import { LabelTable } from './label-table.ts';
import type { LabelEntry } from './label-table.ts';
import { parseLabels } from './labels.ts';
import type { LineSink } from './lines.ts';
import { Lines } from './lines.ts';
import { Reading } from './reading.ts';
import type { Row } from './row.ts';
import { parseRow } from './row.ts';
import type { RowDrops, RowDropReason } from './row-drops.ts';
import { scaledInteger } from './scaled-decimal.ts';
import { cadvisorSubject, resourceSubject, subjectKey } from './subject.ts';

/** A fact row: its value (NaN if none) and labels. */
export interface Fact {
  readonly value: number;
  readonly labels: ReadonlyMap<string, string>;
}

const typePrefix = Buffer.from('# TYPE ');

/**
 * Reads one kubelet page, chunk by chunk, page after page (Prometheus text format 0.0.4): start, push..., finish.
 * Families that are not stored are skipped unread; a row that makes no sense is counted and passed over.
 */
export class Page implements LineSink {
  readonly facts = new Map<FactName, Fact>();
  readonly #path: PagePath;
  readonly #drops: RowDrops;
  readonly #families: ReadonlyMap<string, Family>;
  readonly #table = new LabelTable<Reading | undefined>();
  #readings = new Map<string, Reading>();
  readonly #row: Row = { labelsStart: 0, labelsEnd: 0, valueStart: 0, valueEnd: 0, timestampMs: NaN };
  #lines = new Lines(this);
  #family: Family | undefined;
  #familyCount = 0;
  #knownFamilies = 0;

  constructor(path: PagePath, drops: RowDrops) {
    this.#path = path;
    this.#drops = drops;
    this.#families = familiesOf(path);
  }

  /** Begins a page; what an unfinished one brought is forgotten. */
  start(): void {
    this.#table.startPage();
    for (const reading of this.#readings.values()) reading.reset();
    this.#lines = new Lines(this);
    this.#family = undefined;
    this.#knownFamilies = 0;
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  /** Ends the page. Returns its readings, or undefined when it is no page of this kind: no family is known. */
  finish(): readonly Reading[] | undefined {
    this.#lines.end();
    if (this.#knownFamilies === 0) return undefined;
    this.#readings = new Map([...this.#readings].filter(([, reading]) => reading.seen));
    return [...this.#readings.values()].filter((reading) => reading.rows > 0);
  }

  get skipping(): boolean {
    return this.#family === undefined;
  }

  line(bytes: Buffer, start: number, end: number): void {
    if (bytes[start] === 0x23) this.#comment(bytes, start, end);
    else if (this.#family !== undefined && end > start) this.#sample(this.#family, bytes, start, end);
  }

  overlong(): void {
    this.#drops.add('overlong');
  }

  /** `# TYPE name kind` begins a family. */
  #comment(bytes: Buffer, start: number, end: number): void {
    if (bytes.compare(typePrefix, 0, typePrefix.length, start, Math.min(end, start + typePrefix.length)) !== 0) return;
    const nameStart = start + typePrefix.length;
    const blank = bytes.indexOf(0x20, nameStart);
    const nameEnd = blank < 0 || blank > end ? end : blank;
    this.#family = this.#families.get(bytes.toString('latin1', nameStart, nameEnd));
    this.#familyCount++;
    if (this.#family !== undefined) this.#knownFamilies++;
  }

  #sample(family: Family, bytes: Buffer, start: number, end: number): void {
    const reason = this.#take(family, bytes, start, end);
    if (reason !== undefined) this.#drops.add(reason);
  }

  #take(family: Family, bytes: Buffer, start: number, end: number): RowDropReason | undefined {
    const row = this.#row;
    const nameEnd = start + family.nameBytes.length;
    if (bytes.compare(family.nameBytes, 0, family.nameBytes.length, start, Math.min(nameEnd, end)) !== 0) {
      return 'malformed';
    }
    if (!parseRow(bytes, nameEnd, end, row)) return 'malformed';
    const value = scaledInteger(bytes, row.valueStart, row.valueEnd, family.power);
    if (family.use === 'fact') return this.#takeFact(family.fact, bytes, value);
    const entry = this.#entry(family.group, bytes);
    if (entry === undefined) return 'too_many';
    if (entry.value === undefined) return undefined;
    entry.value.seen = true;
    if (Number.isNaN(value)) return 'bad_value';
    if (family.use === 'start') {
      entry.value.startedAtMs = value;
      return undefined;
    }
    if (entry.family === this.#familyCount) return 'duplicate';
    entry.family = this.#familyCount;
    return entry.value.take(family.column, value, row.timestampMs, family.summed);
  }

  #takeFact(fact: FactName, bytes: Buffer, value: number): RowDropReason | undefined {
    const labels = parseLabels(bytes.toString('utf8', this.#row.labelsStart, this.#row.labelsEnd));
    if (labels === undefined) return 'malformed';
    this.facts.set(fact, { value, labels });
    return undefined;
  }

  #entry(group: GroupKind, bytes: Buffer): LabelEntry<Reading | undefined> | undefined {
    const { labelsStart, labelsEnd } = this.#row;
    return this.#table.find(bytes, labelsStart, labelsEnd, groupKinds.indexOf(group), () =>
      this.#readingOf(group, bytes.toString('utf8', labelsStart, labelsEnd)),
    );
  }

  /** The reading that rows with these labels belong to; undefined when they are of no interest or malformed. */
  #readingOf(group: GroupKind, text: string): Reading | undefined {
    const labels = parseLabels(text);
    if (labels === undefined) {
      this.#drops.add('malformed');
      return undefined;
    }
    const subject = this.#path === '/metrics/resource' ? resourceSubject(labels) : cadvisorSubject(labels, group);
    if (subject === undefined) return undefined;
    const key = `${group}\n${subjectKey(subject)}`;
    const known = this.#readings.get(key);
    if (known !== undefined) return known;
    const reading = new Reading(subject, group);
    this.#readings.set(key, reading);
    return reading;
  }
}
