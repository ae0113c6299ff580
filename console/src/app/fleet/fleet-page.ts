import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { nodeListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { LivePill } from '../live/live-pill.ts';
import { Clock } from '../time/clock.ts';
import { Bones } from '../ui/bones.ts';
import { Mark } from '../ui/mark.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';
import { counted, formatAge, formatMoment } from '../units.ts';
import { FleetSummary } from './fleet-summary.ts';
import { fleetTotals } from './fleet-totals.ts';
import { NodeTable } from './node-table.ts';
import { NoNodes } from './no-nodes.ts';

/** Home: what all nodes are and use, which are silent, and the table of nodes. */
@Component({
  selector: 'ds-fleet-page',
  imports: [Bones, FleetSummary, LivePill, Mark, NodeTable, NoNodes, ProblemNote, RouterLink, SentencePipe],
  templateUrl: './fleet-page.html',
  styleUrl: './fleet-page.css',
})
export class FleetPage {
  readonly #clock = inject(Clock);
  protected readonly nodes = apiResource(() => ({ path: '/nodes' }), nodeListSchema);
  protected readonly items = computed(() =>
    [...(this.nodes.value()?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
  );
  protected readonly totals = computed(() => fleetTotals(this.items()));
  protected readonly silent = computed(() => this.items().filter((node) => node.state === 'silent'));
  protected readonly sentence = computed(() => {
    const totals = this.totals();
    return `${counted(totals.nodes, 'node')}, ${counted(totals.containers, 'container')} in ${counted(totals.pods, 'pod')}`;
  });

  constructor() {
    followTicks(() => {
      this.nodes.reload();
    });
  }

  protected silentFor(sinceMs: number | null): string {
    return sinceMs === null ? 'has never reported' : `has been silent for ${formatAge(this.#clock.now() - sinceMs)}`;
  }

  protected moment(ms: number): string {
    return formatMoment(ms, this.#clock.now());
  }
}
