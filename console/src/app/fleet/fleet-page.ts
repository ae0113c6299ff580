import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { nodeListSchema, restartsAnswerSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { FindingsPanel } from '../findings/findings-panel.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { LivePill } from '../live/live-pill.ts';
import { Clock } from '../time/clock.ts';
import { Bones } from '../ui/bones.ts';
import { Mark } from '../ui/mark.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { counted } from '../units.ts';
import { FleetSummary } from './fleet-summary.ts';
import { fleetTotals } from './fleet-totals.ts';
import { NoNodes } from './no-nodes.ts';
import { NodesPanel } from './nodes-panel.ts';
import { restartsEvery, TopPanel } from './top-panel.ts';

const hourMs = 3_600_000;

/** Home: what all nodes are and use, what needs attention, the nodes as table or map, and who is on top. */
@Component({
  selector: 'ds-fleet-page',
  imports: [Bones, FindingsPanel, FleetSummary, LivePill, Mark, NodesPanel, NoNodes, ProblemNote, RouterLink, TopPanel],
  templateUrl: './fleet-page.html',
})
export class FleetPage {
  readonly #clock = inject(Clock);
  /** Counts up whenever the panels are to be asked for again. */
  protected readonly round = signal(0);
  protected readonly nodes = apiResource(() => ({ path: '/nodes' }), nodeListSchema);
  protected readonly isForbidden = computed(() => this.nodes.problem()?.status === 403);
  readonly #restartsRound = computed(() => Math.floor(this.round() / restartsEvery));
  protected readonly restarts = apiResource(() => {
    this.#restartsRound();
    return { path: '/restarts', params: { from: this.#clock.read() - hourMs, limit: 1 } };
  }, restartsAnswerSchema);
  protected readonly items = computed(() =>
    [...(this.nodes.value()?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
  );
  protected readonly totals = computed(() => fleetTotals(this.items()));
  protected readonly sentence = computed(() => {
    const { nodes, containers, pods } = this.totals();
    const what = `${counted(nodes, 'node')}, ${counted(containers, 'container')}`;
    return pods === null ? what : `${what} in ${counted(pods, 'pod')}`;
  });

  constructor() {
    followTicks(() => {
      this.nodes.reload();
      this.round.update((round) => round + 1);
    });
  }
}
