import * as z from 'zod';
import { limits } from '../limits.ts';

const uid = z.string().min(1).max(64);

/** `POST /api/v1/purges`, for the operator alone: everything that is stored of nodes of its cluster is to go. */
export const newPurgeSchema = z
  .strictObject({
    /** UID of the monitor that is deleted: the same again asks for nothing more. */
    monitorUid: uid,
    /** UIDs of its nodes; those that never reported are passed over. */
    nodeUids: z.array(uid).max(limits.nodesPerPurge),
    /** Also the nodes that Kubernetes no longer has: for the last monitor of a cluster. */
    goneNodes: z.boolean().default(false),
  })
  .meta({ id: 'NewPurge' });

/** What became of what that monitor's deletion asked for, over all of its requests. */
export const purgeSchema = z
  .object({
    /** Nodes whose documents are to go. */
    nodes: z.int(),
    /** Those of them that still have some. */
    pending: z.int(),
  })
  .meta({ id: 'Purge' });

export type NewPurge = z.infer<typeof newPurgeSchema>;
export type Purge = z.infer<typeof purgeSchema>;
