import * as z from 'zod';
import { terminationSchema } from '../description.ts';
import { millis } from './selector.ts';

/** `GET /api/v1/containers/{id}/post-mortem`: the end nearest to `at`, without it the newest of the day before now. */
export const postMortemQuerySchema = z.strictObject({ at: millis.optional() });

const values = z.array(z.number().nullable());
const optionalNumber = z.number().nullable();

export const grownSchema = z
  .object({
    /** Of the container, for paths. */
    id: z.string(),
    namespace: z.string(),
    pod: z.string(),
    name: z.string(),
    workingSetBytes: z.number(),
    /** By how much its working set grew in the minutes before. */
    grewBytes: z.number(),
  })
  .meta({ id: 'Grown' });

/** Who ended it: its own limit, the node that ran out, a signal from outside, itself, or nobody knows. */
export const endCauseSchema = z.enum(['ownLimit', 'nodeMemory', 'signal', 'itself', 'unknown']);

export const postMortemSchema = z
  .object({
    end: terminationSchema.required({ finishedAtMs: true }),
    /** Every end that is known, oldest first, unix ms: this one is among them. */
    ends: z.array(z.int()),
    cause: endCauseSchema,
    /** The cause as a sentence. */
    words: z.string(),
    /** The last five minutes: the end of each step, and what was used; null where nothing is known. */
    stepSeconds: z.int(),
    timestamps: z.array(z.int()),
    cpuCores: values,
    workingSetBytes: values,
    memoryLimitBytes: optionalNumber,
    cpuLimitCores: optionalNumber,
    /** Of the node then; null for those who may see namespaces alone. */
    node: z.object({ memoryBytes: optionalNumber, workingSetBytes: optionalNumber }).nullable(),
    /** Other containers on the node that grew meanwhile, as far as they may be seen; most first. */
    grown: z.array(grownSchema),
    partial: z.string().nullable(),
  })
  .meta({ id: 'PostMortem' });

export type PostMortemQuery = z.infer<typeof postMortemQuerySchema>;
export type PostMortem = z.infer<typeof postMortemSchema>;
export type EndCause = z.infer<typeof endCauseSchema>;
export type Grown = z.infer<typeof grownSchema>;
