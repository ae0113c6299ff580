import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { nodeDetailSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { ChartPage } from '../chart-page/chart-page.ts';
import { Members } from '../containers/members.ts';
import { EventsPanel } from '../events/events-panel.ts';
import { pageEvents } from '../events/page-events.ts';
import { FindingsPanel } from '../findings/findings-panel.ts';
import { withParts } from '../groups/group-charts.ts';
import { groupedSeries } from '../groups/grouped-series.ts';
import { LiveSeries } from '../live/live-series.ts';
import { isMachine } from '../machines/machines.ts';
import { PageTitle } from '../shell/page-title.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { Icon } from '../ui/icon.ts';
import { Mark } from '../ui/mark.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { usageMetrics } from '../usage-chart/charts-of.ts';
import { counted } from '../units.ts';
import { NodeAgent } from './node-agent.ts';
import { nodeCharts } from './node-charts.ts';
import { NodeConditions } from './node-conditions.ts';
import { NodeFacts } from './node-facts.ts';
import { NodeLevels } from './node-levels.ts';
import { nodeMark } from './node-mark.ts';
import { NodeMissing } from './node-missing.ts';
import { NodeSilence } from './node-silence.ts';

/** One node: its machine, what it uses over time, what runs on it, and how its agent is. */
@Component({
  selector: 'ds-node-page',
  imports: [
    ChartPage,
    EventsPanel,
    FindingsPanel,
    Icon,
    Mark,
    Members,
    NodeAgent,
    NodeConditions,
    NodeFacts,
    NodeLevels,
    NodeMissing,
    NodeSilence,
    ProblemNote,
    RouterLink,
  ],
  providers: [ChartCursor],
  templateUrl: './node-page.html',
})
export class NodePage {
  readonly id = input.required<string>();

  readonly #title = inject(PageTitle);
  protected readonly clock = inject(Clock);
  protected readonly time = inject(PageTime);
  protected readonly node = apiResource(() => ({ path: `/nodes/${encodeURIComponent(this.id())}` }), nodeDetailSchema);
  /** What everything on this page is about. */
  protected readonly subject = computed(() => ({ node: this.id() }));
  protected readonly series = new LiveSeries(this.subject, usageMetrics, () => {
    this.node.reload();
  });
  protected readonly groups = groupedSeries(this.series, 'container');
  readonly #events = pageEvents(this.subject, this.series.refreshes);
  protected readonly charts = computed(() => {
    const series = this.series.value();
    if (series === undefined) return [];
    const charts = nodeCharts(series, this.node.value(), this.#events.marks());
    return withParts(charts, this.groups.value(), series, 'container');
  });
  protected readonly mark = computed(() => {
    const node = this.node.value();
    return node === undefined ? null : nodeMark(node);
  });
  protected readonly isMachine = isMachine;
  protected readonly sentence = computed(() => {
    const node = this.node.value();
    if (node === undefined) return '';
    const containers = counted(node.containers, 'container');
    return isMachine(node) ? `machine, ${containers}` : `${containers} in ${counted(node.pods, 'pod')}`;
  });
  protected readonly comparison = computed(() => ({ ...this.time.params(), of: `node:${this.id()}` }));
  protected readonly notFound = computed(() => this.node.problem()?.status === 404);

  constructor() {
    effect(() => {
      const name = this.node.value()?.name;
      if (name !== undefined) this.#title.name(name);
    });
  }
}
