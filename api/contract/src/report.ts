import * as z from 'zod';

/** Why ticks that were collected are not stored. */
export const dropReasons = ['buffer_full', 'too_old', 'lost_spool', 'corrupt_record', 'rejected'] as const;
export type DropReason = (typeof dropReasons)[number];

/** What can be wrong between an agent and its source, as a condition reason. */
export const problemReasons = [
  'KubeletUnreachable',
  'KubeletForbidden',
  'KubeletCertificateUntrusted',
  'KubeletCertificateChanged',
  'KubeletPageInvalid',
  'SpoolUnwritable',
  'ClockSkewed',
  'CredentialsRejected',
  'Superseded',
  /** Two that the server finds, which alone sees what is refused: two agents of one node, and more than one may push. */
  'AgentCloned',
  'AgentOverLimit',
  'CadvisorUnreachable',
  'CadvisorPageInvalid',
  'EngineUnreachable',
  'EnginePageInvalid',
] as const;

export const problemSchema = z
  .object({ reason: z.enum(problemReasons), message: z.string().max(2048), sinceMs: z.int().min(0) })
  .meta({ id: 'NodeProblem' });

const count = z.int().min(0);
const epochForm = /^[0-9a-f]{32}$/;

export const ledgerEntrySchema = z
  .object({
    epoch: z.string().regex(epochForm),
    /** Sequence numbers given out so far in this epoch: they are dense from 1. */
    collected: count,
    dropped: z.partialRecord(z.enum(dropReasons), count).default({}),
  })
  .meta({ id: 'LedgerEntry' });

/** The agent's own account, sent with every push. */
export const agentReportSchema = z
  .object({
    agentVersion: z.string().max(128),
    intervalMs: z.int().min(100).max(3_600_000),
    /** The agent's clock when it sent this, unix ms: the server measures skew by it. */
    sentAtMs: z.int().min(0),
    /** The epoch in which it collects now: of two that go on side by side one belongs to another agent. */
    epoch: z.string().regex(epochForm).optional(),
    /** The current epoch and those whose ticks are still spooled or were dropped. */
    ledger: z.array(ledgerEntrySchema).max(1024),
    backlogTicks: count,
    backlogBytes: count,
    /** How the kubelet proved itself in the last scrape. */
    kubeletTrust: z.enum(['ClusterCA', 'Pinned', 'Skipped']).optional(),
    problems: z.array(problemSchema).max(16).default([]),
  })
  .meta({ id: 'AgentReport' });

export type NodeProblem = z.infer<typeof problemSchema>;
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export type AgentReport = z.infer<typeof agentReportSchema>;
