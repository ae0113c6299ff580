import * as z from 'zod';

/**
 * The answer of `GET /api/v1/reporting`, as far as it is read here. The operator imports no sibling: what it reads is
 * written down again, and the system's tests hold both together.
 */
export const reportingSchema = z.object({
  nowMs: z.number(),
  nodes: z.array(
    z.object({
      name: z.string(),
      uid: z.string(),
      lastReceivedMs: z.number().nullable(),
      intervalMs: z.number(),
      backlogTicks: z.number(),
      agentVersion: z.string(),
      problems: z.array(z.object({ reason: z.string(), message: z.string() })),
    }),
  ),
});

export interface NodeReport {
  /** How long no live tick of the node has arrived, by the API's clock, at the moment of asking; null: never any. */
  readonly silentMs: number | null;
  readonly intervalMs: number;
  readonly agentVersion: string;
  readonly problems: readonly { readonly reason: string; readonly message: string }[];
}

/** What the API last said, and how old that is; or why it says nothing. */
export type Reporting =
  | { readonly kind: 'known'; readonly byNodeUid: ReadonlyMap<string, NodeReport>; readonly askedAtMs: number }
  | {
      readonly kind: 'unknown';
      readonly reason: 'DestinationUnreachable' | 'CredentialsRejected' | 'NotAskedYet';
      readonly message: string;
    };

/** The API's answer by node, relative to its own clock. */
export function reportingOf(answer: z.infer<typeof reportingSchema>, askedAtMs: number): Reporting {
  const reports = answer.nodes.map(({ uid, lastReceivedMs, intervalMs, agentVersion, problems }) => {
    const silentMs = lastReceivedMs === null ? null : Math.max(0, answer.nowMs - lastReceivedMs);
    return [uid, { silentMs, intervalMs, agentVersion, problems }] as const;
  });
  return { kind: 'known', byNodeUid: new Map(reports), askedAtMs };
}
