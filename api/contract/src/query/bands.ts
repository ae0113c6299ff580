import * as z from 'zod';
import { grouping, groupingShape, groupKindSchema } from './grouping.ts';
import { metricNames } from './selector.ts';
import { axisAnswerShape } from './time-axis.ts';

/** `GET /api/v1/bands`: how the groups of a subject, its replicas say, lie about each other at each step. */
export const bandsQuerySchema = grouping(
  z.strictObject({
    ...groupingShape,
    by: groupKindSchema.default('pod'),
    metrics: metricNames.default(['cpuCores']),
  }),
);

const values = z.array(z.number().nullable());

export const bandsAnswerSchema = z
  .object({
    ...axisAnswerShape,
    by: groupKindSchema,
    metrics: z.record(
      z.string(),
      z.object({
        unit: z.string(),
        /** Groups that have a value, per step. */
        counts: z.array(z.int()),
        /** Percentiles over the groups, between neighbours in proportion. */
        bands: z.object({ min: values, p5: values, p25: values, p50: values, p75: values, p95: values, max: values }),
      }),
    ),
  })
  .meta({ id: 'Bands' });

export type BandsQuery = z.infer<typeof bandsQuerySchema>;
export type BandsAnswer = z.infer<typeof bandsAnswerSchema>;
