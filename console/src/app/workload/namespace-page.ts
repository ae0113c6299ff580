import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { workloadListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { ChartPage } from '../chart-page/chart-page.ts';
import { Members } from '../containers/members.ts';
import { EventsPanel } from '../events/events-panel.ts';
import { FindingsPanel } from '../findings/findings-panel.ts';
import { withParts } from '../groups/group-charts.ts';
import { groupedSeries } from '../groups/grouped-series.ts';
import { LiveSeries } from '../live/live-series.ts';
import { originWords, partOf } from '../machines/machines.ts';
import { SizingPanel } from '../sizing/sizing-panel.ts';
import { PageTitle } from '../shell/page-title.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { usageMetrics } from '../usage-chart/charts-of.ts';
import { counted } from '../units.ts';
import { namespaceGroups } from '../workloads/namespace-groups.ts';
import { WorkloadTable } from '../workloads/workload-table.ts';
import { workloadCharts } from './workload-charts.ts';

/** One namespace: what all in it use together, its workloads and its containers. */
@Component({
  selector: 'ds-namespace-page',
  imports: [ChartPage, EventsPanel, FindingsPanel, Members, ProblemNote, RouterLink, SizingPanel, WorkloadTable],
  providers: [ChartCursor],
  template: `
    <ds-chart-page
      thing="namespace"
      [heading]="name()"
      [sentence]="sentence()"
      [isLoading]="workloads.value() === undefined && workloads.loading()"
      [problem]="workloads.problem()"
      [series]="series"
      [charts]="charts()"
      (retry)="workloads.reload()"
    >
      <li path><a routerLink="/workloads">Workloads</a></li>
      @if (workloadGroups().length > 0) {
        <section class="panel" aria-label="Workloads"><ds-workload-table [groups]="workloadGroups()" /></section>
      }
      <ds-findings [query]="subject()" [round]="series.refreshes()" [hidesEmpty]="true" />
      @if (groups.problem(); as problem) {
        <ds-problem title="What each workload uses could not be read" [problem]="problem" (retry)="groups.reload()" />
      }
      <ds-sizing [query]="subject()" />
      <ds-events [query]="subject()" [round]="series.refreshes()" />
      <ds-members heading="Containers" [query]="{ namespace: name() }" [round]="series.refreshes()" />
    </ds-chart-page>
  `,
})
export class NamespacePage {
  readonly name = input.required<string>();

  readonly #title = inject(PageTitle);
  protected readonly workloads = apiResource(
    () => ({ path: '/workloads', params: { namespace: this.name() }, identity: `workloads/${this.name()}` }),
    workloadListSchema,
  );
  protected readonly subject = computed(() => ({ namespace: this.name() }));
  protected readonly series = new LiveSeries(this.subject, usageMetrics, () => {
    this.workloads.reload();
  });
  protected readonly groups = groupedSeries(this.series, 'workload');
  protected readonly workloadGroups = computed(() => namespaceGroups(this.workloads.value()?.items ?? []));
  protected readonly charts = computed(() => {
    const series = this.series.value();
    // Requests add up; a sum of limits says nothing, for a namespace's workloads do not reach them together.
    const sums = this.workloadGroups()[0]?.sums;
    if (series === undefined) return [];
    return withParts(workloadCharts(series, sums, partOf(this.name())), this.groups.value(), series, 'workload');
  });
  protected readonly sentence = computed(
    () =>
      `${originWords(this.name()) ?? 'namespace'}, ${counted(this.workloadGroups()[0]?.rows.length ?? 0, 'workload')}`,
  );

  constructor() {
    effect(() => {
      this.#title.name(this.name());
    });
  }
}
