import { Component, computed, input } from '@angular/core';
import type { NodeDetail } from '@docksnap/contract';
import { Mark } from '../ui/mark.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';
import { counted, formatAge, formatBytes } from '../units.ts';

const trusts = {
  ClusterCA: 'by the cluster’s CA',
  Pinned: 'by its key, kept since first use',
  Skipped: 'not verified, as the monitor says',
} as const;

/** How the node's agent is: what it holds back, what became of its ticks, whom it trusts, what troubles it. */
@Component({
  selector: 'ds-node-agent',
  imports: [Mark, SentencePipe],
  templateUrl: './node-agent.html',
  styles: `
    .panel {
      height: 100%;
    }
    .problems li {
      display: flex;
      gap: var(--sp-3);
      padding: var(--sp-3) calc(var(--cell-x) + var(--sp-1));
      border-top: 1px solid var(--line);
      overflow-wrap: anywhere;
    }
    ds-mark {
      margin-top: var(--sp-2);
    }
    .none {
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-5);
      color: var(--text-2);
    }
    .facts {
      padding-top: var(--sp-2);
    }
  `,
})
export class NodeAgent {
  readonly agent = input.required<NodeDetail['agent']>();
  /** Nothing of it is Kubernetes': there is no kubelet. */
  readonly isMachine = input(false);
  readonly nowMs = input.required<number>();

  protected readonly facts = computed(() => {
    const agent = this.agent();
    if (agent === null) return [];
    return [
      { label: 'Version', value: agent.version },
      { label: 'Scrapes', value: `each ${formatAge(agent.intervalMs)}` },
      ...(this.isMachine()
        ? []
        : [
            {
              label: 'Kubelet verified',
              value: agent.kubeletTrust === null ? 'not known' : trusts[agent.kubeletTrust],
            },
          ]),
      {
        label: 'Held back',
        value:
          agent.backlogTicks === 0
            ? 'nothing'
            : `${counted(agent.backlogTicks, 'tick')}, ${formatBytes(agent.backlogBytes)}`,
      },
      { label: 'Clock offset', value: `${Math.round(agent.clockSkewMs)}\u00a0ms` },
    ];
  });
  protected readonly ledger = computed(() => {
    const ledger = this.agent()?.ledger;
    if (ledger === undefined) return [];
    const dropped = Object.entries(ledger.dropped).filter(([, count]) => count > 0);
    return [
      { label: 'Ticks collected', value: String(ledger.collected) },
      { label: 'Ticks stored', value: String(ledger.stored) },
      { label: 'Repeats', value: String(ledger.duplicate) },
      {
        label: 'Dropped',
        value:
          dropped.length === 0
            ? '0'
            : dropped.map(([reason, count]) => `${count} (${reason.replaceAll('_', ' ')})`).join(', '),
      },
    ];
  });
  protected readonly problems = computed(() =>
    (this.agent()?.problems ?? []).map((problem) => ({ ...problem, age: formatAge(this.nowMs() - problem.sinceMs) })),
  );
}
