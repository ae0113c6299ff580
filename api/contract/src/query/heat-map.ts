import * as z from 'zod';
import { limits } from '../limits.ts';
import { grouping, groupingShape, groupKindSchema } from './grouping.ts';
import { queryMetrics, type QueryMetricName } from './metrics.ts';
import { axisAnswerShape } from './time-axis.ts';

const names = Object.keys(queryMetrics) as [QueryMetricName, ...QueryMetricName[]];

/** `GET /api/v1/heat-map`: how many groups of a subject have which value, per step. */
export const heatMapQuerySchema = grouping(
  z.strictObject({
    ...groupingShape,
    metric: z.enum(names).default('cpuCores'),
    buckets: z.coerce.number().int().min(1).max(limits.bucketsPerHeatMap).default(24),
  }),
);

export const heatMapAnswerSchema = z
  .object({
    ...axisAnswerShape,
    by: groupKindSchema,
    metric: z.string(),
    unit: z.string(),
    /**
     * Bucket b holds values in (edges[b], edges[b + 1]], the first one edges[0] too. The first edge is 0; the others
     * are in proportion, each as much larger than the one before, up to the largest value there is.
     */
    edges: z.array(z.number()),
    /** Per step, one count per bucket. */
    counts: z.array(z.array(z.int())),
  })
  .meta({ id: 'HeatMap' });

export type HeatMapQuery = z.infer<typeof heatMapQuerySchema>;
export type HeatMapAnswer = z.infer<typeof heatMapAnswerSchema>;
