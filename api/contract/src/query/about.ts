import * as z from 'zod';

const optionalNumber = z.number().nullable();

/** `GET /api/v1/about`: DockSnap itself. */
export const aboutSchema = z
  .object({
    /** Bytes of all documents in the database; null while it does not answer. */
    databaseBytes: optionalNumber,
    /** The most that it may hold; null: no limit. */
    databaseLimitBytes: optionalNumber,
    /** How long raw samples, each tier of sums, and events are kept, in ms. */
    kept: z.array(z.object({ tier: z.enum(['raw', 'm1', 'm5', 'h1', 'events']), ms: z.number() })),
    /** What was stored in the last minute, per second; null before there is a minute. */
    ticksPerSecond: optionalNumber,
    nodes: z.int().min(0),
    containers: z.int().min(0),
    /** Processes of the API that share the work. */
    replicas: z.int().min(0),
  })
  .meta({ id: 'About' });

export type About = z.infer<typeof aboutSchema>;
