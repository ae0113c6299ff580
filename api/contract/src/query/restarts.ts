import * as z from 'zod';
import { terminationSchema } from '../description.ts';
import { limits } from '../limits.ts';
import { hasNoSelector, hasOneSelector, millis, oneSelector, selectorShape } from './selector.ts';

/** `GET /api/v1/restarts`, of a subject, by default of everything that may be seen. Without from and to: the last day. */
export const restartsQuerySchema = z
  .strictObject({
    ...selectorShape,
    from: millis.optional(),
    to: millis.optional(),
    limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
  })
  .refine((query) => hasNoSelector(query) || hasOneSelector(query), oneSelector)
  .refine(({ node, labels }) => node === undefined || labels !== undefined, {
    message: 'a node itself does not restart; name a namespace, workload, pod or labels on that node',
    path: ['node'],
  });

export const restartedSchema = z
  .object({
    id: z.string(),
    node: z.string(),
    namespace: z.string(),
    pod: z.string(),
    name: z.string(),
    /** Starts after its first, in the range: by how much Kubernetes' count grew. */
    restarts: z.int().min(0),
    /** Of the ends below, those that ran out of memory. */
    oomKills: z.int().min(0),
    /** Ends in the range that were seen, oldest first; two between two scrapes are one. */
    ends: z.array(terminationSchema),
  })
  .meta({ id: 'Restarted' });

export const restartsAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    restarts: z.int().min(0),
    oomKills: z.int().min(0),
    /** Containers that restarted or ran out of memory, most restarts first. */
    items: z.array(restartedSchema),
    partial: z.string().nullable(),
  })
  .meta({ id: 'Restarts' });

export type RestartsQuery = z.infer<typeof restartsQuerySchema>;
export type RestartsAnswer = z.infer<typeof restartsAnswerSchema>;
export type Restarted = z.infer<typeof restartedSchema>;
