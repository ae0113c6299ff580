import * as z from 'zod';
import { missingFactSchema } from '../description.ts';
import { problemSchema } from '../report.ts';

const millis = z.int().min(0);
const optionalNumber = z.number().nullable();

/** `reporting`: data is younger than max(3 intervals, 45 s). `silent`: it is not; silence says why, as far as known. */
export const nodeStateSchema = z.enum(['reporting', 'silent']);

export const silenceSchema = z
  .object({
    sinceMs: millis.nullable(),
    /** NodeNotReady, NeverReported, KubeletForbidden, NoRecentData, NodeGone, ... */
    reason: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Silence' });

export const nodeConditionSchema = z
  .object({
    type: z.string(),
    status: z.enum(['True', 'False', 'Unknown']),
    reason: z.string(),
    message: z.string(),
    sinceMs: millis.nullable(),
  })
  .meta({ id: 'NodeCondition' });

export const nodeSummarySchema = z
  .object({
    /** The store's random key of the node, for paths. */
    id: z.string(),
    name: z.string(),
    cluster: z.string(),
    state: nodeStateSchema,
    silence: silenceSchema.nullable(),
    /** Kubernetes' own Ready condition; null where there is no Kubernetes or it cannot be asked. */
    ready: z.enum(['True', 'False', 'Unknown']).nullable(),
    lastTickMs: millis.nullable(),
    /** The machine. */
    cores: optionalNumber,
    memoryBytes: optionalNumber,
    /** Latest values of the node; null when unknown or old. */
    cpuCores: optionalNumber,
    workingSetBytes: optionalNumber,
    pods: z.int().min(0),
    containers: z.int().min(0),
  })
  .meta({ id: 'NodeSummary' });

export const nodeListSchema = z.object({ items: z.array(nodeSummarySchema) }).meta({ id: 'NodeList' });

export const nodeDetailSchema = nodeSummarySchema
  .extend({
    uid: z.string(),
    systemUuid: z.string().nullable(),
    machineId: z.string().nullable(),
    macAddresses: z.array(z.string()).nullable(),
    kernelVersion: z.string().nullable(),
    osImage: z.string().nullable(),
    kubeletVersion: z.string().nullable(),
    containerRuntime: z.string().nullable(),
    addresses: z.array(z.string()),
    conditions: z.array(nodeConditionSchema),
    /** Facts that this level of privilege cannot read, and why. */
    missing: z.array(missingFactSchema),
    agent: z
      .object({
        version: z.string(),
        intervalMs: z.number(),
        backlogTicks: z.int(),
        backlogBytes: z.int(),
        clockSkewMs: z.number(),
        kubeletTrust: z.enum(['ClusterCA', 'Pinned', 'Skipped']).nullable(),
        problems: z.array(problemSchema),
        ledger: z.object({
          collected: z.int(),
          stored: z.int(),
          duplicate: z.int(),
          dropped: z.record(z.string(), z.int()),
        }),
      })
      .nullable(),
  })
  .meta({ id: 'NodeDetail' });

export type Silence = z.infer<typeof silenceSchema>;
export type NodeCondition = z.infer<typeof nodeConditionSchema>;
export type NodeSummary = z.infer<typeof nodeSummarySchema>;
export type NodeList = z.infer<typeof nodeListSchema>;
export type NodeDetail = z.infer<typeof nodeDetailSchema>;
