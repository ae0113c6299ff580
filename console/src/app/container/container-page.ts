import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { containerDetailSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { ChartPage } from '../chart-page/chart-page.ts';
import { containerMark, containerState } from '../containers/container-row.ts';
import { Members } from '../containers/members.ts';
import { EventsPanel } from '../events/events-panel.ts';
import { pageEvents } from '../events/page-events.ts';
import { FindingsPanel } from '../findings/findings-panel.ts';
import { LiveSeries } from '../live/live-series.ts';
import { kindWords } from '../machines/machines.ts';
import { PageTitle } from '../shell/page-title.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { Icon } from '../ui/icon.ts';
import { Mark } from '../ui/mark.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { formatAge } from '../units.ts';
import { containerCharts, containerMetrics } from './container-charts.ts';
import { containerFacts } from './container-facts.ts';
import { ContainerIncarnations } from './container-incarnations.ts';
import { PostMortemCard } from './post-mortem-card.ts';

/** One container: what it is, what it uses over time against request and limit, its siblings and its starts. */
@Component({
  selector: 'ds-container-page',
  imports: [
    ChartPage,
    ContainerIncarnations,
    EventsPanel,
    FindingsPanel,
    Icon,
    Mark,
    Members,
    PostMortemCard,
    RouterLink,
  ],
  providers: [ChartCursor],
  templateUrl: './container-page.html',
  styleUrl: './container-page.css',
})
export class ContainerPage {
  readonly id = input.required<string>();

  readonly #title = inject(PageTitle);
  protected readonly kindWords = kindWords;
  protected readonly clock = inject(Clock);
  protected readonly time = inject(PageTime);
  protected readonly container = apiResource(
    () => ({ path: `/containers/${encodeURIComponent(this.id())}` }),
    containerDetailSchema,
  );
  /** What everything on this page is about. */
  protected readonly subject = computed(() => ({ container: this.id() }));
  protected readonly series = new LiveSeries(this.subject, containerMetrics, () => {
    this.container.reload();
  });
  readonly #events = pageEvents(this.subject, this.series.refreshes);
  protected readonly charts = computed(() => {
    const series = this.series.value();
    return series === undefined ? [] : containerCharts(series, this.container.value(), this.#events.marks());
  });
  protected readonly mark = computed(() => {
    const container = this.container.value();
    return container === undefined ? null : { kind: containerMark(container), words: containerState(container) };
  });
  protected readonly facts = computed(() => {
    const container = this.container.value();
    return container === undefined ? [] : containerFacts(container, this.clock.now());
  });
  protected readonly labels = computed(() =>
    Object.entries(this.container.value()?.labels ?? {})
      .map(([name, value]) => `${name}=${value}`)
      .toSorted((a, b) => a.localeCompare(b, 'en')),
  );
  protected readonly siblings = computed(() => {
    const container = this.container.value();
    const workload = container?.workload;
    if (container === undefined || !workload) return {};
    return { namespace: container.namespace, workload: `${workload.kind}/${workload.name}` };
  });
  protected readonly comparison = computed(() => ({ ...this.time.params(), of: `container:${this.id()}` }));
  /** The time machine at the end of what is shown, or with what moves. */
  protected readonly past = computed(() => {
    const range = this.time.range();
    return { ...this.time.params(), at: range.kind === 'fixed' ? range.toMs : null, q: this.container.value()?.name };
  });
  protected readonly sentence = computed(() => {
    const container = this.container.value();
    if (container === undefined) return '';
    if (container.state !== 'running' || container.startedAtMs === null) return 'container';
    return `container, up ${formatAge(this.clock.now() - container.startedAtMs)}`;
  });
  protected readonly notFound = computed(() => this.container.problem()?.status === 404);

  constructor() {
    effect(() => {
      const container = this.container.value();
      if (container !== undefined) this.#title.name(`${container.namespace}/${container.name}`);
    });
  }
}
