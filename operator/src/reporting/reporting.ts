import * as z from 'zod';

/**
 * The answer of `GET /api/v1/reporting`, as far as it is read here. The operator imports no sibling: what it reads is
 * written down again, and the system's tests hold both together.
 */
export const reportingSchema = z.object({
  nowMs: z.number(),
  nodes: z.array(
    z.object({
      uid: z.string(),
      lastReceivedMs: z.number().nullable(),
      intervalMs: z.number(),
      agentVersion: z.string(),
      problems: z.array(z.object({ reason: z.string(), message: z.string() })),
    }),
  ),
});
export type ReportingAnswer = z.infer<typeof reportingSchema>;

export interface NodeReport {
  /** When the newest live tick of the node arrived, by the operator's clock, unix ms; null: never, as far as known. */
  readonly heardAtMs: number | null;
  readonly intervalMs: number;
  readonly agentVersion: string;
  readonly problems: readonly { readonly reason: string; readonly message: string }[];
}

export interface KnownReporting {
  readonly kind: 'known';
  readonly byNodeUid: ReadonlyMap<string, NodeReport>;
  readonly askedAtMs: number;
}

export interface UnknownReporting {
  readonly kind: 'unknown';
  readonly reason: 'DestinationUnreachable' | 'CredentialsRejected' | 'DestinationElsewhere' | 'NotAskedYet';
  readonly message: string;
}

/** What the API last said; or why it says nothing. */
export type Reporting = KnownReporting | UnknownReporting;

/** What was heard of a node is forgotten after this long without a word of it. */
const rememberedMs = 3_600_000;

/**
 * The API's answer by node, its times turned to the operator's clock. An API that has just started may not know yet
 * when it last heard from a node: what it said before then counts.
 */
export function reportingOf(answer: ReportingAnswer, askedAtMs: number, before?: KnownReporting): KnownReporting {
  const remembered = [...(before?.byNodeUid ?? [])].filter(([, { heardAtMs }]) => {
    return heardAtMs !== null && askedAtMs - heardAtMs < rememberedMs;
  });
  const byNodeUid = new Map<string, NodeReport>(remembered);
  for (const { uid, lastReceivedMs, intervalMs, agentVersion, problems } of answer.nodes) {
    const told = lastReceivedMs === null ? null : askedAtMs - Math.max(0, answer.nowMs - lastReceivedMs);
    byNodeUid.set(uid, {
      heardAtMs: told ?? byNodeUid.get(uid)?.heardAtMs ?? null,
      intervalMs,
      agentVersion,
      problems,
    });
  }
  return { kind: 'known', byNodeUid, askedAtMs };
}
