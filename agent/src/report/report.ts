import type { AgentReport } from '@docksnap/contract';
import type { KubeletTrust } from '../kubelet/trust.ts';
import type { Problems } from '../problems.ts';
import type { PendingTick } from '../spool/backlog.ts';
import { countOf } from '../spool/backlog.ts';
import type { Spool } from '../spool/spool.ts';
import { version } from '../version.ts';

export interface ReportParts {
  readonly intervalMs: number;
  /** The epoch in which it collects now. */
  readonly epoch: () => string;
  readonly spool: Pick<Spool, 'ledger' | 'backlog'>;
  readonly problems: Problems;
  readonly kubeletTrust: () => KubeletTrust | undefined;
  readonly wallMs: () => number;
}

/**
 * The agent's own account at this moment; the server measures the clock's skew by its time. Ticks that travel in the
 * same push are no backlog.
 */
export function createReport(parts: ReportParts, travelling: readonly PendingTick[]): AgentReport {
  const { intervalMs, epoch, spool, problems, kubeletTrust, wallMs } = parts;
  const trust = kubeletTrust();
  const travellingBytes = travelling.reduce((sum, tick) => sum + tick.byteLength, 0);
  return {
    agentVersion: version,
    intervalMs,
    sentAtMs: wallMs(),
    epoch: epoch(),
    ledger: spool.ledger.entries(),
    backlogTicks: spool.backlog.ticks - countOf(travelling),
    backlogBytes: spool.backlog.bytes - travellingBytes,
    ...(trust === undefined ? {} : { kubeletTrust: trust }),
    problems: problems.list(),
  };
}
