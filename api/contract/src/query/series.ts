import * as z from 'zod';
import { limits } from '../limits.ts';
import { hasNoSelector, hasOneSelector, metricNames, oneSelector, selectorShape } from './selector.ts';
import { axisAnswerShape, statisticSchema, timeAxisShape } from './time-axis.ts';

const metrics = metricNames.default(['cpuCores', 'workingSetBytes']);

export const seriesQuerySchema = z
  .strictObject({
    ...selectorShape,
    ...timeAxisShape,
    metrics,
    statistic: statisticSchema.default('mean'),
    /** The same again so long before, for comparison: an hour, a day, a week. A whole number of steps. */
    beforeSeconds: z.coerce.number().int().min(1).max(limits.beforeSeconds).optional(),
  })
  .refine(hasOneSelector, oneSelector);

/** By name: one value per timestamp; null where nothing is known: a gap is never bridged. */
const metricValues = z.record(z.string(), z.object({ unit: z.string(), values: z.array(z.number().nullable()) }));

export const seriesAnswerSchema = z
  .object({
    ...axisAnswerShape,
    metrics: metricValues,
    /** The period before, value by value beside this one's; only when asked for. */
    before: z
      .object({
        beforeSeconds: z.int(),
        tier: axisAnswerShape.tier,
        coveredShare: axisAnswerShape.coveredShare,
        metrics: metricValues,
        partial: axisAnswerShape.partial,
      })
      .optional(),
  })
  .meta({ id: 'Series' });

/**
 * Server-sent events. With a selector: `points` events, each a Series of the steps that changed since the last event,
 * id = the newest timestamp, so that Last-Event-ID resumes. Without: `tick` events, one per node and push.
 */
export const streamQuerySchema = z
  .strictObject({
    ...selectorShape,
    metrics,
    stepSeconds: z.coerce.number().int().min(1).max(limits.stepSeconds).default(60),
  })
  .refine((query) => hasOneSelector(query) || hasNoSelector(query), oneSelector);

export const tickEventSchema = z.object({ nodeId: z.string(), tickMs: z.int() }).meta({ id: 'TickEvent' });

export type SeriesQuery = z.infer<typeof seriesQuerySchema>;
export type SeriesAnswer = z.infer<typeof seriesAnswerSchema>;
export type StreamQuery = z.infer<typeof streamQuerySchema>;
export type TickEvent = z.infer<typeof tickEventSchema>;
