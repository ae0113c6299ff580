import type { GroupKind } from '@docksnap/contract';
import { groupKinds } from '@docksnap/contract/metrics';
import type { FactName, Family, PagePath } from './families.ts';
import { familiesOf } from './families.ts';
import type { MetricGroup } from './metric-groups.ts';
import { metricGroups } from './metric-groups.ts';
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
  readonly #readings = new Map<string, Reading>();
  readonly #row: Row = {
    labelsStart: 0,
    labelsEnd: 0,
    isExpected: false,
    valueStart: 0,
    valueEnd: 0,
    timestampMs: Float64Array.of(NaN),
  };
  #lines = new Lines(this);
  #family: Family | undefined;
  /** The row before in this family, and the first of the family before: they tell which labels to expect. */
  #before: LabelEntry<Reading | undefined> | undefined;
  #first: LabelEntry<Reading | undefined> | undefined;
  #familyCount = 0;
  #knownFamilies = 0;

  /** @param wanted metrics of other groups are skipped unread */
  constructor(path: PagePath, drops: RowDrops, wanted: ReadonlySet<MetricGroup> = new Set(metricGroups)) {
    this.#path = path;
    this.#drops = drops;
    this.#families = familiesOf(path, wanted);
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
    const brought: Reading[] = [];
    this.#readings.forEach((reading, key) => {
      if (!reading.seen) this.#readings.delete(key);
      else if (reading.rows > 0) brought.push(reading);
    });
    return brought;
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
    this.#before = undefined;
    if (this.#family !== undefined) this.#knownFamilies++;
  }

  #sample(family: Family, bytes: Buffer, start: number, end: number): void {
    const reason = this.#isRowOf(family, bytes, start, end) ? this.#take(family, bytes) : 'malformed';
    if (reason !== undefined) this.#drops.add(reason);
  }

  /** Whether the line is a row of the family; then its parts are in #row. */
  #isRowOf({ nameBytes }: Family, bytes: Buffer, start: number, end: number): boolean {
    const nameEnd = start + nameBytes.length;
    if (bytes.compare(nameBytes, 0, nameBytes.length, start, Math.min(nameEnd, end)) !== 0) return false;
    return parseRow(bytes, nameEnd, end, this.#row, this.#expected?.bytes);
  }

  #take(family: Family, bytes: Buffer): RowDropReason | undefined {
    const { valueStart, valueEnd, timestampMs } = this.#row;
    const value = scaledInteger(bytes, valueStart, valueEnd, family.power);
    if (family.use === 'fact') return this.#takeFact(family.fact, bytes, value);
    const entry = this.#entry(family.group, bytes);
    if (entry === undefined) return 'too_many';
    const { value: reading } = entry;
    if (reading === undefined) return undefined;
    reading.seen = true;
    if (Number.isNaN(value)) return 'bad_value';
    if (family.use === 'start') {
      if (value < 0) return 'bad_value';
      reading.startedAtMs = value;
      return undefined;
    }
    if (entry.family === this.#familyCount) return 'duplicate';
    entry.family = this.#familyCount;
    return reading.take(family.column, value, timestampMs, family.summed);
  }

  #takeFact(fact: FactName, bytes: Buffer, value: number): RowDropReason | undefined {
    const labels = parseLabels(bytes.toString('utf8', this.#row.labelsStart, this.#row.labelsEnd));
    if (labels === undefined) return 'malformed';
    this.facts.set(fact, { value, labels });
    return undefined;
  }

  /** The labels that most likely come now: families list the same cgroups in the same order. */
  get #expected(): LabelEntry<Reading | undefined> | undefined {
    const entry = this.#before === undefined ? this.#first : this.#before.after;
    // One that was away for a page was forgotten, and its reading with it.
    return entry !== undefined && this.#table.has(entry) ? entry : undefined;
  }

  /** The entry of the row's labels; undefined when the page has too many. */
  #entry(group: GroupKind, bytes: Buffer): LabelEntry<Reading | undefined> | undefined {
    const seed = groupKinds.indexOf(group);
    const expected = this.#row.isExpected ? this.#expected : undefined;
    const entry = expected?.seed === seed ? expected : this.#find(group, seed, bytes);
    if (entry === undefined) return undefined;
    this.#table.touch(entry);
    if (this.#before === undefined) this.#first = entry;
    else this.#before.after = entry;
    this.#before = entry;
    return entry;
  }

  #find(group: GroupKind, seed: number, bytes: Buffer): LabelEntry<Reading | undefined> | undefined {
    const { labelsStart, labelsEnd } = this.#row;
    return this.#table.find(bytes, labelsStart, labelsEnd, seed, () =>
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
