import * as z from 'zod';
import { problemSchema } from '../report.ts';

/** `GET /api/v1/reporting`, for the operator alone: when each node of its cluster last reported. */
export const reportingSchema = z
  .object({
    /** The server's clock, unix ms: ages are taken against it. */
    nowMs: z.int(),
    nodes: z.array(
      z.object({
        name: z.string(),
        uid: z.string(),
        /** Server's time of the newest live tick's arrival; null: never. */
        lastReceivedMs: z.int().nullable(),
        /** How often something new comes from it. */
        intervalMs: z.int(),
        backlogTicks: z.int(),
        /** By how much the node's clock is ahead of the server's, ms; 0 within tolerance. */
        clockSkewMs: z.int(),
        /** How the kubelet proved itself in the last scrape. */
        kubeletTrust: z.enum(['ClusterCA', 'Pinned', 'Skipped']).optional(),
        agentVersion: z.string(),
        problems: z.array(problemSchema),
      }),
    ),
  })
  .meta({ id: 'Reporting' });
export type Reporting = z.infer<typeof reportingSchema>;
