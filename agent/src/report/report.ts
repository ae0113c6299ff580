import type { AgentReport } from '@docksnap/contract';
import type { KubeletTrust } from '../kubelet/trust.ts';
import type { Problems } from '../problems.ts';
import type { Spool } from '../spool/spool.ts';
import { version } from '../version.ts';

export interface ReportParts {
  readonly intervalMs: number;
  readonly spool: Pick<Spool, 'ledger' | 'backlog'>;
  readonly problems: Problems;
  readonly kubeletTrust: () => KubeletTrust | undefined;
  readonly wallMs: () => number;
}

/** The agent's own account at this moment; the server measures the clock's skew by its time. */
export function createReport({ intervalMs, spool, problems, kubeletTrust, wallMs }: ReportParts): AgentReport {
  const trust = kubeletTrust();
  return {
    agentVersion: version,
    intervalMs,
    sentAtMs: wallMs(),
    ledger: spool.ledger.entries(),
    backlogTicks: spool.backlog.ticks,
    backlogBytes: spool.backlog.bytes,
    ...(trust === undefined ? {} : { kubeletTrust: trust }),
    problems: problems.list(),
  };
}
