import parse from 'parse-prometheus-text-format';
import * as z from 'zod';

const parsedSchema = z.array(
  z.object({
    name: z.string(),
    help: z.string(),
    type: z.string(),
    metrics: z.array(
      z.object({
        value: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        timestamp_ms: z.string().optional(),
      }),
    ),
  }),
);

export interface PageRow {
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly atMs: number | undefined;
}

export interface PageFamily {
  readonly type: string;
  readonly help: string;
  readonly rows: readonly PageRow[];
}

/** A page in the text format, read by a parser that is not ours. By family. */
export function readPage(text: string): ReadonlyMap<string, PageFamily> {
  const families = parsedSchema.parse(parse(text));
  return new Map(
    families.map(({ name, help, type, metrics }) => {
      const rows = metrics.map(({ value, labels, timestamp_ms: atMs }) => ({
        value: Number(value),
        labels,
        atMs: atMs === undefined ? undefined : Number(atMs),
      }));
      return [name, { type, help, rows }];
    }),
  );
}
