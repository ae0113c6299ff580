import * as z from 'zod';

const text = z.string().max(4096);
const millis = z.int().min(0);
const labels = z.record(z.string().max(512), text);

/** The owning controller, as far as it can be told: a ReplicaSet's Deployment, else the direct controller. */
export const workloadSchema = z
  .object({ kind: z.string().max(128), name: z.string().max(512) })
  .meta({ id: 'WorkloadRef' });

const resourcesSchema = z.object({
  cpuCores: z.number().min(0).optional(),
  memoryBytes: z.number().min(0).optional(),
});

export const terminationSchema = z
  .object({
    reason: text,
    exitCode: z.int(),
    signal: z.int().optional(),
    startedAtMs: millis.optional(),
    finishedAtMs: millis.optional(),
  })
  .meta({ id: 'Termination' });

export const containerStateSchema = z.enum(['running', 'waiting', 'terminated', 'unknown']);

export const containerDescriptionSchema = z
  .object({
    kind: z.literal('container'),
    namespace: z.string().max(253),
    pod: z.string().max(253),
    podUid: z.string().max(128),
    name: z.string().max(253),
    image: text,
    imageId: text.optional(),
    workload: workloadSchema.optional(),
    labels: labels.default({}),
    qosClass: z.string().max(64).optional(),
    requests: resourcesSchema.default({}),
    limits: resourcesSchema.default({}),
    state: containerStateSchema,
    /** Why it waits or ended: CrashLoopBackOff, ImagePullBackOff, OOMKilled, ... */
    stateReason: text.optional(),
    restarts: z.int().min(0),
    lastTermination: terminationSchema.optional(),
  })
  .meta({ id: 'ContainerDescription' });

export const podDescriptionSchema = z
  .object({
    kind: z.literal('pod'),
    namespace: z.string().max(253),
    name: z.string().max(253),
    uid: z.string().max(128),
    phase: z.string().max(64),
    qosClass: z.string().max(64).optional(),
    workload: workloadSchema.optional(),
    labels: labels.default({}),
    startedAtMs: millis.optional(),
  })
  .meta({ id: 'PodDescription' });

/** A fact that this level of privilege cannot read, and why: absent, never zero. */
export const missingFactSchema = z.object({ fact: z.string().max(64), reason: text }).meta({ id: 'MissingFact' });

export const nodeDescriptionSchema = z
  .object({
    kind: z.literal('node'),
    name: z.string().max(253),
    systemUuid: z.string().max(128).optional(),
    machineId: z.string().max(128).optional(),
    bootId: z.string().max(128).optional(),
    cores: z.int().min(1).optional(),
    memoryBytes: z.int().min(0).optional(),
    macAddresses: z.array(z.string().max(64)).max(64).optional(),
    kernelVersion: text.optional(),
    osImage: text.optional(),
    missing: z.array(missingFactSchema).max(32).default([]),
  })
  .meta({ id: 'NodeDescription' });

/** What is known of an entity besides its series. Travels once per content hash. */
export const descriptionSchema = z.discriminatedUnion('kind', [
  containerDescriptionSchema,
  podDescriptionSchema,
  nodeDescriptionSchema,
]);

export type Workload = z.infer<typeof workloadSchema>;
export type Termination = z.infer<typeof terminationSchema>;
export type ContainerState = z.infer<typeof containerStateSchema>;
export type ContainerDescription = z.infer<typeof containerDescriptionSchema>;
export type PodDescription = z.infer<typeof podDescriptionSchema>;
export type NodeDescription = z.infer<typeof nodeDescriptionSchema>;
export type MissingFact = z.infer<typeof missingFactSchema>;
export type Description = z.infer<typeof descriptionSchema>;
