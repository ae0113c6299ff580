import type { ExportPeriod } from '@docksnap/contract';

/** An hour or day of UTC. */
export interface Period {
  /** `2026-11-24T12` or `2026-11-24`. */
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export const periodMs: Readonly<Record<ExportPeriod, number>> = { hour: 3_600_000, day: 86_400_000 };

const shape = /^(\d{4}-\d\d-\d\d)(?:T(\d\d))?$/;

/** The period that holds a time, unix ms, of a year from 1970 to 9999. */
export function periodAt(kind: ExportPeriod, timeMs: number): Period {
  const fromMs = Math.floor(timeMs / periodMs[kind]) * periodMs[kind];
  const id = new Date(fromMs).toISOString().slice(0, kind === 'hour' ? 13 : 10);
  return { id, fromMs, toMs: fromMs + periodMs[kind] };
}

/** The period of an id, or undefined for what is none, such as the 30th of February. */
export function parsePeriod(id: string): Period | undefined {
  const [, date, hour] = shape.exec(id) ?? [];
  if (date === undefined) return undefined;
  const fromMs = Date.parse(`${date}T${hour ?? '00'}:00:00Z`);
  if (!(fromMs >= 0)) return undefined;
  const period = periodAt(hour === undefined ? 'day' : 'hour', fromMs);
  return period.id === id ? period : undefined;
}

/** `date=2026-11-24` or `date=2026-11-24/hour=12`: folders that readers turn into columns. */
export function folderOf({ id }: Period): string {
  const [date = '', hour] = id.split('T');
  return hour === undefined ? `date=${date}` : `date=${date}/hour=${hour}`;
}
