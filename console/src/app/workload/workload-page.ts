import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { workloadListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { ChartPage } from '../chart-page/chart-page.ts';
import { Members } from '../containers/members.ts';
import { EventsPanel } from '../events/events-panel.ts';
import { FindingsPanel } from '../findings/findings-panel.ts';
import { bandCharts } from '../groups/band-charts.ts';
import { bandedSeries } from '../groups/banded-series.ts';
import { withParts } from '../groups/group-charts.ts';
import { groupedSeries } from '../groups/grouped-series.ts';
import { LiveSeries } from '../live/live-series.ts';
import { kindWords, partOf } from '../machines/machines.ts';
import { SizingPanel } from '../sizing/sizing-panel.ts';
import { PageTitle } from '../shell/page-title.ts';
import { PageTime } from '../time/page-time.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { usageMetrics } from '../usage-chart/charts-of.ts';
import { counted } from '../units.ts';
import { workloadCharts } from './workload-charts.ts';

/** One workload: what its pods use together, and its containers. */
@Component({
  selector: 'ds-workload-page',
  imports: [ChartPage, EventsPanel, FindingsPanel, Members, ProblemNote, RouterLink, SizingPanel],
  providers: [ChartCursor],
  template: `
    <ds-chart-page
      thing="workload"
      [heading]="name()"
      [sentence]="sentence()"
      [isLoading]="workloads.value() === undefined && workloads.loading()"
      [problem]="workloads.problem()"
      [series]="series"
      [charts]="charts()"
      (retry)="workloads.reload()"
    >
      <ng-container path>
        <li><a routerLink="/workloads">Workloads</a></li>
        <li>
          <a [routerLink]="['/namespaces', namespace()]" [queryParams]="time.params()">{{ namespace() }}</a>
        </li>
        <li>{{ kindWords() }}</li>
      </ng-container>
      <ds-findings [query]="subject()" [round]="series.refreshes()" [hidesEmpty]="true" />
      @if (groups.problem(); as problem) {
        <ds-problem
          [title]="'What each ' + part() + ' uses could not be read'"
          [problem]="problem"
          (retry)="groups.reload()"
        />
      }
      @if (bands.problem(); as problem) {
        <ds-problem
          [title]="'How ' + part() + 's compare could not be read'"
          [problem]="problem"
          (retry)="bands.reload()"
        />
      }
      <ds-sizing [query]="subject()" />
      <ds-events [query]="subject()" [round]="series.refreshes()" />
      <ds-members heading="Containers" [query]="query()" [round]="series.refreshes()" />
    </ds-chart-page>
  `,
})
export class WorkloadPage {
  readonly namespace = input.required<string>();
  readonly kind = input.required<string>();
  readonly name = input.required<string>();

  readonly #title = inject(PageTitle);
  protected readonly time = inject(PageTime);
  protected readonly workloads = apiResource(
    () => ({ path: '/workloads', params: { namespace: this.namespace() }, identity: `workloads/${this.namespace()}` }),
    workloadListSchema,
  );
  protected readonly part = computed(() => partOf(this.namespace()));
  protected readonly kindWords = computed(() => kindWords(this.kind()));
  protected readonly subject = computed(() => ({ workload: `${this.namespace()}/${this.kind()}/${this.name()}` }));
  protected readonly series = new LiveSeries(this.subject, usageMetrics, () => {
    this.workloads.reload();
  });
  protected readonly groups = groupedSeries(this.series, 'pod');
  protected readonly bands = bandedSeries(this.series);
  readonly #workload = computed(() =>
    this.workloads.value()?.items.find((one) => one.kind === this.kind() && one.name === this.name()),
  );
  protected readonly query = computed(() => ({
    namespace: this.namespace(),
    workload: `${this.kind()}/${this.name()}`,
  }));
  protected readonly charts = computed(() => {
    const series = this.series.value();
    if (series === undefined) return [];
    const [workload, part] = [this.#workload(), this.part()];
    const charts = withParts(workloadCharts(series, workload, part), this.groups.value(), series, part);
    return [...charts, ...bandCharts(this.bands.value(), series, workload, part)];
  });
  protected readonly sentence = computed(() => {
    const workload = this.#workload();
    const kind = this.kindWords();
    if (workload !== undefined) {
      const parts = this.part() === 'pod' ? workload.pods : workload.containers;
      return `${kind}, ${counted(parts, this.part())}`;
    }
    return this.workloads.value() === undefined ? kind : `${kind}, nothing of it runs now`;
  });

  constructor() {
    effect(() => {
      this.#title.name(`${this.namespace()}/${this.name()}`);
    });
  }
}
