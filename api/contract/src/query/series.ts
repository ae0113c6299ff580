import * as z from 'zod';
import type { QueryMetricName } from './metrics.ts';
import { isQueryMetricName } from './metrics.ts';

const millis = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

/** Comma-separated names, at least one, each known, none twice. */
const metricNames = z
  .string()
  .max(2048)
  .transform((list, context): QueryMetricName[] => {
    const names = list.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !isQueryMetricName(name));
    if (unknown.length > 0) context.addIssue({ code: 'custom', message: `unknown metric: ${unknown.join(', ')}` });
    return [...new Set(names.filter(isQueryMetricName))];
  });

const selector = {
  container: z.string().max(1024).optional(),
  node: z.string().max(512).optional(),
  namespace: z.string().max(253).optional(),
  /** namespace/kind/name. */
  workload: z.string().max(1024).optional(),
};

function hasOneSelector(query: {
  container?: unknown;
  node?: unknown;
  namespace?: unknown;
  workload?: unknown;
}): boolean {
  return (
    [query.container, query.node, query.namespace, query.workload].filter((part) => part !== undefined).length === 1
  );
}
const oneSelector = { message: 'name exactly one of container, node, namespace, workload', path: ['container'] };

/**
 * A step is (t - step, t] with t a multiple of step. Without from and to: the last 10 minutes in steps of one minute.
 */
export const seriesQuerySchema = z
  .strictObject({
    ...selector,
    metrics: metricNames.default(['cpuCores', 'workingSetBytes']),
    from: millis.optional(),
    to: millis.optional(),
    stepSeconds: z.coerce.number().int().min(1).max(86_400).default(60),
  })
  .refine(hasOneSelector, oneSelector);

export const seriesAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    stepSeconds: z.int(),
    /** The end of each step, unix ms. */
    timestamps: z.array(z.int()),
    /** One value per timestamp; null where nothing is known: a gap is never bridged. */
    metrics: z.record(z.string(), z.object({ unit: z.string(), values: z.array(z.number().nullable()) })),
    /** Why the answer is not whole (the database is away, a node's part could not be read), else null. */
    partial: z.string().nullable(),
  })
  .meta({ id: 'Series' });

/**
 * Server-sent events. With a selector: `points` events, each a Series of the steps that changed since the last event,
 * id = the newest timestamp, so that Last-Event-ID resumes. Without: `tick` events, one per node and push.
 */
export const streamQuerySchema = z
  .strictObject({
    ...selector,
    metrics: metricNames.default(['cpuCores', 'workingSetBytes']),
    stepSeconds: z.coerce.number().int().min(1).max(86_400).default(60),
  })
  .refine((query) => hasOneSelector(query) || Object.keys(selector).every((key) => !(key in query)), oneSelector);

export const tickEventSchema = z.object({ nodeId: z.string(), tickMs: z.int() }).meta({ id: 'TickEvent' });

export type SeriesQuery = z.infer<typeof seriesQuerySchema>;
export type SeriesAnswer = z.infer<typeof seriesAnswerSchema>;
export type StreamQuery = z.infer<typeof streamQuerySchema>;
export type TickEvent = z.infer<typeof tickEventSchema>;
