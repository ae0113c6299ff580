import * as z from 'zod';
import { workloadSchema } from '../description.ts';
import { limits } from '../limits.ts';
import { millis } from './selector.ts';

/**
 * `deploy`: a workload's new pods have another image. `oom`, `exit`: a container ended, not in good order. `restart`:
 * it was started again. `node-silent`, `node-back`: by what arrives from it. `kubernetes`: what its components report.
 */
export const eventKindSchema = z.enum(['deploy', 'oom', 'exit', 'restart', 'node-silent', 'node-back', 'kubernetes']);

/** Comma-separated, each known, none twice. */
const kinds = z
  .string()
  .max(512)
  .transform((list, context): EventKind[] => {
    const names = [...new Set(list.split(',').map((name) => name.trim()))];
    const known = names.flatMap((name) => eventKindSchema.safeParse(name).data ?? []);
    if (known.length < names.length) {
      context.addIssue({ code: 'custom', message: `each must be one of ${eventKindSchema.options.join(', ')}` });
    }
    return known;
  });

/** `GET /api/v1/events`, newest first. Without from and to: the last day. */
export const eventsQuerySchema = z.strictObject({
  from: millis.optional(),
  to: millis.optional(),
  /** Id or name. */
  node: z.string().max(512).optional(),
  namespace: z.string().max(253).optional(),
  /** namespace/kind/name. */
  workload: z.string().max(1024).optional(),
  container: z.string().max(1024).optional(),
  kinds: kinds.optional(),
  /** Those that Kubernetes calls a warning, and what is as bad. */
  warnings: z.literal('only').optional(),
  /** Words: each must occur in the reason, message or a name. */
  q: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
  cursor: z.string().max(1024).optional(),
});

export const eventSchema = z
  .object({
    /** The same for all occurrences of a series. */
    id: z.string(),
    kind: eventKindSchema,
    isWarning: z.boolean(),
    /** When it happened, of a series: last and first. Unix ms. */
    atMs: z.int().min(0),
    firstMs: z.int().min(0),
    count: z.int().min(1),
    /** One word, as Kubernetes has them: BackOff, OOMKilled, ImageChanged. */
    reason: z.string(),
    message: z.string(),
    /** Null for what concerns nodes, and for what belongs to no namespace. */
    namespace: z.string().nullable(),
    workload: workloadSchema.nullable(),
    pod: z.string().nullable(),
    containerId: z.string().nullable(),
    container: z.string().nullable(),
    nodeId: z.string().nullable(),
    node: z.string().nullable(),
  })
  .meta({ id: 'Event' });

export const eventsAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    items: z.array(eventSchema),
    /** For the page of older ones; null where the range was looked through. */
    next: z.string().nullable(),
    /** Why it is not all (the database is away, more happened within ten minutes than is kept), else null. */
    partial: z.string().nullable(),
  })
  .meta({ id: 'Events' });

export type EventKind = z.infer<typeof eventKindSchema>;
export type EventRecord = z.infer<typeof eventSchema>;
export type EventsQuery = z.infer<typeof eventsQuerySchema>;
export type EventsAnswer = z.infer<typeof eventsAnswerSchema>;
