import type { LedgerAnswer, NodeDetail, NodeSummary } from '@docksnap/contract';
import { formatBytes, unknown } from '../units.ts';

/** What was asked for of one node: the last hour's ledger, and its agent. */
export interface LedgerFound {
  readonly ledger: LedgerAnswer | null;
  readonly agent: NodeDetail['agent'];
}

export interface LedgerRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly stored: string;
  readonly missing: string;
  readonly isMissing: boolean;
  readonly heldBack: string;
  readonly dropped: string;
}

function droppedWords(agent: NodeDetail['agent']): string {
  if (agent === null) return unknown;
  const reasons = Object.entries(agent.ledger.dropped).filter(([, count]) => count > 0);
  return reasons.length === 0
    ? '0'
    : reasons.map(([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ');
}

function counted({ epochs }: LedgerAnswer) {
  return {
    stored: epochs.reduce((sum, epoch) => sum + epoch.stored, 0),
    missing: epochs.reduce((sum, epoch) => sum + epoch.missing.length, 0),
  };
}

function row({ id, name }: NodeSummary, { ledger, agent }: LedgerFound): LedgerRow {
  const counts = ledger === null ? null : counted(ledger);
  return {
    id,
    name,
    version: agent?.version ?? unknown,
    stored: counts === null ? unknown : String(counts.stored),
    missing: counts === null ? unknown : String(counts.missing),
    isMissing: counts !== null && counts.missing > 0,
    heldBack: agent === null ? unknown : `${agent.backlogTicks} (${formatBytes(agent.backlogBytes)})`,
    dropped: droppedWords(agent),
  };
}

/** One row for each node that was asked about. */
export function ledgerRows(
  nodes: readonly NodeSummary[],
  found: ReadonlyMap<string, LedgerFound>,
): readonly LedgerRow[] {
  return nodes.flatMap((node) => {
    const one = found.get(node.id);
    return one === undefined ? [] : [row(node, one)];
  });
}
