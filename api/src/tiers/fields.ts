import { metricById } from '@docksnap/contract';

/**
 * The columns of a tier's blocks. In place of a metric's id stands the field's number, from 1, x 1000 + id; what belongs to an entity and to
 * none of its metrics has a number of its own. They are part of the stored format and never change.
 */
const fields = [
  /** Increase of a counter in the step, in thousandths of its unit... */
  'increaseThousandths',
  /** ...or in whole units, where a value of the column in thousandths would be beyond 2^53 - 1. */
  'increase',
  'coveredMs',
  /** The largest rate, in whole units a second; of counts in thousandths a second. */
  'peakPerSecond',
  'peakThousandthsPerSecond',
  /** Samples of a gauge in the step... */
  'count',
  /** ...their sum, or where a value of that column would be beyond 2^53 - 1 their mean. */
  'sum',
  'mean',
  'min',
  'max',
  'last',
] as const;

export type Field = (typeof fields)[number];

/** Time of each step in which the entity was not there, and of the node: watched time, and ticks. */
export const absentMsColumn = 20_000;
export const watchedMsColumn = 21_000;
export const ticksColumn = 22_000;

const metricsPerField = 1000;

export function columnId(field: Field, metricId: number): number {
  return (fields.indexOf(field) + 1) * metricsPerField + metricId;
}

/** Every column that the sums of a metric may have. */
export function columnsOf(metricId: number): readonly number[] {
  return fields.map((field) => columnId(field, metricId));
}

/** What a column holds; undefined for one of a newer writer, and for those that belong to no metric. */
export function fieldOf(column: number): { readonly field: Field; readonly metricId: number } | undefined {
  const field = fields[Math.floor(column / metricsPerField) - 1];
  return field === undefined ? undefined : { field, metricId: column % metricsPerField };
}

/**
 * Metrics that are asked for together lie in one section, a document of its own: a chart reads no more than it draws.
 * Ids are given out by tens: 0 usage, 1 CPU, 2 memory, 3 disk, 4 network, 5 processes.
 */
export function sectionOf(metricId: number): number {
  return Math.floor(metricId / 10);
}

/** Peaks of bytes and of CPU time are large numbers, those of counts often fractions. */
export function isCount(metricId: number): boolean {
  return metricById(metricId)?.unit === 'count';
}
