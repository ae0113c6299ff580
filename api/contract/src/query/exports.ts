import * as z from 'zod';
import { limits } from '../limits.ts';

const millis = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

export const exportPeriodSchema = z.enum(['hour', 'day']);

/** `GET /api/v1/exports`: without from and to, the last day. */
export const exportQuerySchema = z.strictObject({
  period: exportPeriodSchema.default('hour'),
  from: millis.optional(),
  to: millis.optional(),
  /** Objects of this namespace, over all nodes, in place of objects of nodes. */
  namespace: z.string().max(253).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
  cursor: z.string().max(128).optional(),
});

/** A file of raw samples that can be asked for, again and again, by a path that never changes. */
export const exportObjectSchema = z
  .object({
    /** Where GET finds it. */
    path: z.string(),
    /** What to save it as, so that DuckDB, Spark and pandas see date, hour and node (or namespace) as columns. */
    file: z.string(),
    /** Ticks taken in [fromMs, toMs), UTC. */
    fromMs: z.int(),
    toMs: z.int(),
    /** The period is over. Nodes that were cut off may still bring samples of it. */
    isOver: z.boolean(),
  })
  .meta({ id: 'ExportObject' });

export const exportListSchema = z
  .object({ items: z.array(exportObjectSchema), next: z.string().nullable() })
  .meta({ id: 'ExportList' });

export type ExportPeriod = z.infer<typeof exportPeriodSchema>;
export type ExportQuery = z.infer<typeof exportQuerySchema>;
export type ExportObject = z.infer<typeof exportObjectSchema>;
export type ExportList = z.infer<typeof exportListSchema>;
