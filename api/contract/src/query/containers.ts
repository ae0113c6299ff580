import * as z from 'zod';
import { containerStateSchema, terminationSchema, workloadSchema } from '../description.ts';
import { limits } from '../limits.ts';
import { labelTerms } from './selector.ts';

const millis = z.int().min(0);
const optionalNumber = z.number().nullable();

/** `gone`: no longer on its node; its past is still there. */
export const listedStateSchema = z.enum([...containerStateSchema.options, 'gone']);

export const containerSortSchema = z.enum(['name', 'cpu', 'memory', 'throttled', 'restarts', 'started']);

export const containerQuerySchema = z.strictObject({
  node: z.string().max(512).optional(),
  namespace: z.string().max(253).optional(),
  /** Kind/name, or a name of any kind. */
  workload: z.string().max(512).optional(),
  /** Words: each must occur in the namespace, pod, name, workload or image. */
  q: z.string().max(512).optional(),
  /** A part of the image's name. */
  image: z.string().max(512).optional(),
  labels: labelTerms.optional(),
  state: listedStateSchema.optional(),
  sort: containerSortSchema.default('cpu'),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
  cursor: z.string().max(1024).optional(),
});

export const containerSummarySchema = z
  .object({
    /** nodeId~podUid~containerName, for paths; stable across restarts of the container. */
    id: z.string(),
    nodeId: z.string(),
    node: z.string(),
    namespace: z.string(),
    pod: z.string(),
    podUid: z.string(),
    name: z.string(),
    workload: workloadSchema.nullable(),
    image: z.string(),
    state: listedStateSchema,
    stateReason: z.string().nullable(),
    restarts: z.int().min(0),
    /** Latest values; null when unknown or old. */
    cpuCores: optionalNumber,
    workingSetBytes: optionalNumber,
    throttledRatio: optionalNumber,
    cpuRequestCores: optionalNumber,
    cpuLimitCores: optionalNumber,
    memoryRequestBytes: optionalNumber,
    memoryLimitBytes: optionalNumber,
    startedAtMs: millis.nullable(),
    lastSampleMs: millis.nullable(),
  })
  .meta({ id: 'ContainerSummary' });

export const containerListSchema = z
  .object({
    items: z.array(containerSummarySchema),
    /** All that match, not only this page. */
    total: z.int().min(0),
    next: z.string().nullable(),
  })
  .meta({ id: 'ContainerList' });

export const incarnationSchema = z
  .object({ runtimeId: z.string(), startedAtMs: millis.nullable(), lastSampleMs: millis.nullable() })
  .meta({ id: 'Incarnation' });

export const containerDetailSchema = containerSummarySchema
  .extend({
    imageId: z.string().nullable(),
    qosClass: z.string().nullable(),
    labels: z.record(z.string(), z.string()),
    lastTermination: terminationSchema.nullable(),
    /** Starts seen in memory and in the store's description, newest first. */
    incarnations: z.array(incarnationSchema),
  })
  .meta({ id: 'ContainerDetail' });

export const workloadSummarySchema = z
  .object({
    namespace: z.string(),
    kind: z.string(),
    name: z.string(),
    pods: z.int().min(0),
    containers: z.int().min(0),
    restarts: z.int().min(0),
    cpuCores: optionalNumber,
    workingSetBytes: optionalNumber,
    cpuRequestCores: optionalNumber,
    cpuLimitCores: optionalNumber,
    memoryRequestBytes: optionalNumber,
    memoryLimitBytes: optionalNumber,
  })
  .meta({ id: 'WorkloadSummary' });

/** Without a limit: all of them. Those whose containers are as asked, with the sums of all of these. */
export const workloadQuerySchema = z.strictObject({
  node: z.string().max(512).optional(),
  namespace: z.string().max(253).optional(),
  q: z.string().max(512).optional(),
  image: z.string().max(512).optional(),
  labels: labelTerms.optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).optional(),
  cursor: z.string().max(1024).optional(),
});

export const workloadListSchema = z
  .object({
    items: z.array(workloadSummarySchema),
    /** For the page after, where a limit was given. */
    next: z.string().nullable().optional(),
  })
  .meta({ id: 'WorkloadList' });

export const namespaceSummarySchema = workloadSummarySchema
  .omit({ kind: true, name: true })
  .extend({ workloads: z.int().min(0) })
  .meta({ id: 'NamespaceSummary' });

export const namespaceListSchema = z
  .object({ items: z.array(namespaceSummarySchema), next: z.string().nullable().optional() })
  .meta({ id: 'NamespaceList' });

export type ContainerQuery = z.infer<typeof containerQuerySchema>;
export type ContainerSort = z.infer<typeof containerSortSchema>;
export type ContainerSummary = z.infer<typeof containerSummarySchema>;
export type ContainerList = z.infer<typeof containerListSchema>;
export type ContainerDetail = z.infer<typeof containerDetailSchema>;
export type Incarnation = z.infer<typeof incarnationSchema>;
export type WorkloadSummary = z.infer<typeof workloadSummarySchema>;
export type WorkloadQuery = z.infer<typeof workloadQuerySchema>;
export type NamespaceSummary = z.infer<typeof namespaceSummarySchema>;
export type NamespaceList = z.infer<typeof namespaceListSchema>;
export type WorkloadList = z.infer<typeof workloadListSchema>;
