import * as z from 'zod';
import { containerListSchema, containerQuerySchema } from './containers.ts';
import { millis } from './selector.ts';

/** `GET /api/v1/state`: what ran where at a time, with what use. Containers are filtered and paged as in their list. */
export const stateQuerySchema = containerQuerySchema.extend({ at: millis });

export const nodeStateAtSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The last tick up to then; values are as of it. */
    lastTickMs: z.number(),
    cores: z.number().nullable(),
    memoryBytes: z.number().nullable(),
    cpuCores: z.number().nullable(),
    workingSetBytes: z.number().nullable(),
    pods: z.int().min(0),
    containers: z.int().min(0),
  })
  .meta({ id: 'NodeStateAt' });

export const stateAnswerSchema = z
  .object({
    atMs: z.int(),
    /** Nodes that reported then, by name; none for those who may see namespaces alone. */
    nodes: z.array(nodeStateAtSchema),
    containers: containerListSchema,
    /** Why it is not all, else null. */
    partial: z.string().nullable(),
  })
  .meta({ id: 'State' });

export type StateQuery = z.infer<typeof stateQuerySchema>;
export type NodeStateAt = z.infer<typeof nodeStateAtSchema>;
export type StateAnswer = z.infer<typeof stateAnswerSchema>;
