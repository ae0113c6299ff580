import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { containerListSchema, nodeDetailSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { LiveSeries } from '../live/live-series.ts';
import { PageTitle } from '../shell/page-title.ts';
import { Clock } from '../time/clock.ts';
import { TimeBar } from '../time/time-bar.ts';
import { Bones } from '../ui/bones.ts';
import { Mark } from '../ui/mark.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { UsageChart } from '../usage-chart/usage-chart.ts';
import { counted } from '../units.ts';
import { NodeAgent } from './node-agent.ts';
import { nodeCharts, nodeMetrics } from './node-charts.ts';
import { NodeConditions } from './node-conditions.ts';
import { NodeConsumers } from './node-consumers.ts';
import { NodeFacts } from './node-facts.ts';
import { nodeMark } from './node-mark.ts';
import { NodeMissing } from './node-missing.ts';
import { NodeSilence } from './node-silence.ts';

/** One node: its machine, what it uses over time, what runs on it, and how its agent is. */
@Component({
  selector: 'ds-node-page',
  imports: [
    Bones,
    Mark,
    NodeAgent,
    NodeConditions,
    NodeConsumers,
    NodeFacts,
    NodeMissing,
    NodeSilence,
    PartialNote,
    ProblemNote,
    RouterLink,
    TimeBar,
    UsageChart,
  ],
  providers: [ChartCursor],
  templateUrl: './node-page.html',
})
export class NodePage {
  readonly id = input.required<string>();
  readonly by = input<string>();

  readonly #title = inject(PageTitle);
  protected readonly clock = inject(Clock);
  protected readonly order = computed(() => (this.by() === 'memory' ? 'memory' : 'cpu'));
  protected readonly node = apiResource(() => ({ path: `/nodes/${encodeURIComponent(this.id())}` }), nodeDetailSchema);
  protected readonly containers = apiResource(
    () => ({ path: '/containers', params: { node: this.id(), sort: this.order(), limit: 20 }, identity: this.id() }),
    containerListSchema,
  );
  protected readonly series = new LiveSeries(
    computed(() => ({ node: this.id() })),
    nodeMetrics,
    () => {
      this.node.reload();
      this.containers.reload();
    },
  );
  protected readonly charts = computed(() => {
    const series = this.series.value();
    return series === undefined ? [] : nodeCharts(series, this.node.value());
  });
  protected readonly mark = computed(() => {
    const node = this.node.value();
    return node === undefined ? null : nodeMark(node);
  });
  protected readonly sentence = computed(() => {
    const node = this.node.value();
    return node === undefined ? '' : `${counted(node.containers, 'container')} in ${counted(node.pods, 'pod')}`;
  });
  protected readonly notFound = computed(() => this.node.problem()?.status === 404);

  constructor() {
    effect(() => {
      const name = this.node.value()?.name;
      if (name !== undefined) this.#title.name(name);
    });
  }
}
