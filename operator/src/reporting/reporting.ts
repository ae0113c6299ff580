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
      backlogTicks: z.number().default(0),
      clockSkewMs: z.number().default(0),
      kubeletTrust: z.string().optional(),
      agentVersion: z.string(),
      problems: z.array(z.object({ reason: z.string(), message: z.string() })),
    }),
  ),
});
export type ReportingAnswer = z.infer<typeof reportingSchema>;

export interface NodeReport {
  /** When the newest live tick of the node arrived; null: never, as far as known. */
  readonly heardAtMs: number | null;
  readonly intervalMs: number;
  /** Ticks that wait on the node's disk. */
  readonly backlogTicks: number;
  /** By how much the node's clock is ahead of the API's; 0 within tolerance. */
  readonly clockSkewMs: number;
  /** How the kubelet proved itself: ClusterCA, Pinned or Skipped; undefined before it did. */
  readonly kubeletTrust?: string | undefined;
  readonly agentVersion: string;
  readonly problems: readonly { readonly reason: string; readonly message: string }[];
}

export interface KnownReporting {
  readonly kind: 'known';
  readonly byNodeUid: ReadonlyMap<string, NodeReport>;
  /** When it was said; this and all times here by the operator's clock, unix ms. */
  readonly askedAtMs: number;
  /** Since when the API has been answering. What it has not heard of before then is not the nodes' fault. */
  readonly answeringSinceMs: number;
  /** Whether it was away before that, so that nodes could not push. */
  readonly wasAway: boolean;
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
 * @param last what was known until now
 * @param remembered the last answer, however old
 */
export function reportingOf(
  answer: ReportingAnswer,
  askedAtMs: number,
  last: Reporting,
  remembered?: KnownReporting,
): KnownReporting {
  const byNodeUid = new Map<string, NodeReport>(heardLately(remembered, askedAtMs));
  for (const { uid, lastReceivedMs, ...rest } of answer.nodes) {
    const told = lastReceivedMs === null ? null : askedAtMs - Math.max(0, answer.nowMs - lastReceivedMs);
    const heardAtMs = told ?? byNodeUid.get(uid)?.heardAtMs ?? null;
    byNodeUid.set(uid, { heardAtMs, ...rest });
  }
  return { kind: 'known', byNodeUid, askedAtMs, ...continuityOf(last, askedAtMs) };
}

function heardLately(remembered: KnownReporting | undefined, nowMs: number): (readonly [string, NodeReport])[] {
  return [...(remembered?.byNodeUid ?? [])].filter(([, { heardAtMs }]) => {
    return heardAtMs !== null && nowMs - heardAtMs < rememberedMs;
  });
}

function continuityOf(last: Reporting, nowMs: number): Pick<KnownReporting, 'answeringSinceMs' | 'wasAway'> {
  if (last.kind === 'known') return { answeringSinceMs: last.answeringSinceMs, wasAway: last.wasAway };
  return { answeringSinceMs: nowMs, wasAway: last.reason !== 'NotAskedYet' };
}
