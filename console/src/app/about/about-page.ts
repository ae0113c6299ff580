import { Component, computed } from '@angular/core';
import { RouterLink } from '@angular/router';
import { aboutSchema, nodeListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { LivePill } from '../live/live-pill.ts';
import { areMachines } from '../machines/machines.ts';
import { Bones } from '../ui/bones.ts';
import { CommandLine } from '../ui/command-line.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { aboutFacts } from './about-facts.ts';
import { mostLedgers, Ledgers } from './ledgers.ts';
import { ledgerRows } from './ledger-rows.ts';

/** DockSnap itself: what became of every node's ticks, counted in what is stored. */
@Component({
  selector: 'ds-about-page',
  imports: [Bones, CommandLine, EmptyState, LivePill, ProblemNote, RouterLink],
  templateUrl: './about-page.html',
  styles: `
    .more {
      display: grid;
      gap: var(--sp-4);
      max-width: 860px;
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-5);
      color: var(--text-2);
    }
    .worse {
      color: var(--warning-text);
    }
    @media (max-width: 767px) {
      .wide {
        display: none;
      }
    }
  `,
})
export class AboutPage {
  protected readonly nodes = apiResource(() => ({ path: '/nodes' }), nodeListSchema);
  readonly #ledgers = new Ledgers(computed(() => this.nodes.value()?.items ?? []));
  protected readonly rows = computed(() => ledgerRows(this.nodes.value()?.items ?? [], this.#ledgers.found()));
  protected readonly leftOut = computed(() => Math.max(0, (this.nodes.value()?.items.length ?? 0) - mostLedgers));
  protected readonly about = apiResource(() => ({ path: '/about' }), aboutSchema);
  protected readonly facts = computed(() => {
    const about = this.about.value();
    return about === undefined ? null : aboutFacts(about);
  });
  /** Then the API is taken to run outside of Kubernetes as well. */
  protected readonly hasMachinesAlone = computed(() => areMachines(this.nodes.value()?.items ?? []));
  protected readonly forward = 'kubectl -n docksnap port-forward deployment/docksnap-api 9090';
  protected readonly metrics = 'curl http://127.0.0.1:9090/metrics';

  constructor() {
    followTicks(() => {
      this.nodes.reload();
      this.about.reload();
    });
  }
}
