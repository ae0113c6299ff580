import * as z from 'zod';

/** `GET /api/v1/right-sizing`, of a namespace or workload, by default of all that may be seen. */
export const rightSizingQuerySchema = z
  .strictObject({
    namespace: z.string().max(253).optional(),
    /** namespace/kind/name. */
    workload: z.string().max(1024).optional(),
    /** How far back use is looked at. */
    hours: z.coerce
      .number()
      .int()
      .min(1)
      .max(90 * 24)
      .default(7 * 24),
  })
  .refine(({ namespace, workload }) => namespace === undefined || workload === undefined, {
    message: 'name a namespace or a workload, not both',
    path: ['workload'],
  });

const optionalNumber = z.number().nullable();

/** What was used, over all replicas and steps: percentiles of means over a step, and the largest that was seen. */
const usedShape = { p50: optionalNumber, p95: optionalNumber, max: optionalNumber };

export const sizingHintSchema = z
  .object({
    resource: z.enum(['cpu', 'memory']),
    field: z.enum(['request', 'limit']),
    /** Cores or bytes; null where none is set. */
    from: optionalNumber,
    to: z.number(),
    /** The evidence, as a sentence. */
    why: z.string(),
  })
  .meta({ id: 'SizingHint' });

/** How much a hint rests on: less than a day, less than a week, a week or more. `none`: too little for any. */
export const sizingConfidenceSchema = z.enum(['none', 'low', 'medium', 'high']);

export const sizedContainerSchema = z
  .object({
    namespace: z.string(),
    kind: z.string(),
    workload: z.string(),
    /** Its name in the pod's template: the same in every replica. */
    container: z.string(),
    /** That run now. */
    replicas: z.int().min(0),
    /** Time of the window in which any replica was measured. */
    watchedHours: z.number(),
    confidence: sizingConfidenceSchema,
    cpu: z.object({
      requestCores: optionalNumber,
      limitCores: optionalNumber,
      ...usedShape,
      throttledRatio: optionalNumber,
    }),
    memory: z.object({ requestBytes: optionalNumber, limitBytes: optionalNumber, ...usedShape }),
    /** None: what is set fits, or nothing can be said; then `unsure` says why. */
    hints: z.array(sizingHintSchema),
    unsure: z.string().nullable(),
    /** A command that does what the hints say; null without hints, and for what has no template to change. */
    patch: z.string().nullable(),
  })
  .meta({ id: 'SizedContainer' });

export const rightSizingAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    stepSeconds: z.int(),
    /** What requests have above what was used: 0.15 is 15 %. */
    headroom: z.number(),
    /** By namespace, workload and container. */
    items: z.array(sizedContainerSchema),
    partial: z.string().nullable(),
  })
  .meta({ id: 'RightSizing' });

export type RightSizingQuery = z.infer<typeof rightSizingQuerySchema>;
export type RightSizingAnswer = z.infer<typeof rightSizingAnswerSchema>;
export type SizedContainer = z.infer<typeof sizedContainerSchema>;
export type SizingHint = z.infer<typeof sizingHintSchema>;
export type SizingConfidence = z.infer<typeof sizingConfidenceSchema>;
