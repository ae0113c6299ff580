import * as z from 'zod';
import type { Monitor } from '../monitor.ts';

/**
 * The parts of Kubernetes' objects that are read, checked where they come in. Fields as in
 * https://kubernetes.io/docs/reference/kubernetes-api/.
 */
const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.int().default(0),
  creationTimestamp: z.string(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  ownerReferences: z.array(z.object({ kind: z.string(), name: z.string(), uid: z.string() })).default([]),
});

export const daemonSetSchema = z.object({
  metadata: metadata.extend({ annotations: z.record(z.string(), z.string()).default({}) }),
  status: z
    .object({
      observedGeneration: z.int().default(0),
      desiredNumberScheduled: z.int().default(0),
      numberReady: z.int().default(0),
      updatedNumberScheduled: z.int().default(0),
    })
    .prefault({}),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;

const waiting = z.object({ reason: z.string().default(''), message: z.string().default('') });

export const podSchema = z.object({
  metadata,
  spec: z.object({
    nodeName: z.string().optional(),
    affinity: z
      .object({
        nodeAffinity: z.object({
          requiredDuringSchedulingIgnoredDuringExecution: z.object({
            nodeSelectorTerms: z.array(
              z.object({
                matchFields: z.array(z.object({ key: z.string(), values: z.array(z.string()) })).default([]),
              }),
            ),
          }),
        }),
      })
      .optional()
      .catch(undefined),
  }),
  status: z.object({
    phase: z.string(),
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().default(''),
          message: z.string().default(''),
        }),
      )
      .default([]),
    containerStatuses: z
      .array(
        z.object({
          ready: z.boolean(),
          restartCount: z.int(),
          state: z.object({ waiting: waiting.optional() }).default({}),
          lastState: z
            .object({ terminated: z.object({ reason: z.string().default(''), exitCode: z.int() }).optional() })
            .default({}),
        }),
      )
      .default([]),
  }),
});
export type Pod = z.infer<typeof podSchema>;

const taint = z.object({ key: z.string(), value: z.string().default(''), effect: z.string() });

export const nodeSchema = z.object({
  metadata,
  spec: z.object({ taints: z.array(taint).default([]) }).prefault({}),
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) })
    .prefault({}),
});
export type Node = z.infer<typeof nodeSchema>;

const stored = z.object({ metadata: metadata.extend({ finalizers: z.array(z.string()).default([]) }) });

/**
 * A monitor as the API server gives it.
 * @throws ZodError when it is not even an object with metadata
 */
export function parseMonitor(object: unknown): Monitor {
  const { metadata: found } = stored.parse(object);
  // The API server checked spec and status against the very schema that their types are generated from.
  const monitor = object as Monitor;
  return { ...monitor, metadata: { ...found, namespace: found.namespace ?? '' } };
}

/** The node that a DaemonSet's pod is for, also while it waits to be scheduled there. */
export function nodeOf({ spec }: Pod): string | undefined {
  if (spec.nodeName !== undefined) return spec.nodeName;
  const terms = spec.affinity?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms ?? [];
  const fields = terms.flatMap((term) => term.matchFields);
  return fields.find((field) => field.key === 'metadata.name')?.values[0];
}

/** Whether Kubernetes calls a node ready. */
export function isReady({ status }: Node): boolean {
  return status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

/** Whether a pod is ready and stays. */
export function isPodReady({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')
  );
}
