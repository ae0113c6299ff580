import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { containerListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { PageTime } from '../time/page-time.ts';
import { TimeBar } from '../time/time-bar.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Icon } from '../ui/icon.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { UrlState } from '../url/url-state.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { UsageChart } from '../usage-chart/usage-chart.ts';
import { compareCharts, comparedMetrics } from './compare-charts.ts';
import { ComparedSeries, sameWanted } from './compared-series.ts';
import { differences } from './differences.ts';
import { SubjectNames } from './subject-names.ts';
import { mostSubjects, offsets, parseSubjects } from './subjects.ts';

/** Two periods of one thing, or up to six things, on the same axes. All of it is in the URL: `of` and `vs`. */
@Component({
  selector: 'ds-compare-page',
  imports: [Bones, EmptyState, Icon, ProblemNote, RouterLink, TimeBar, UsageChart],
  providers: [ChartCursor],
  templateUrl: './compare-page.html',
  styleUrl: './compare-page.css',
})
export class ComparePage {
  readonly #url = inject(UrlState);
  readonly #cursor = inject(ChartCursor);
  readonly #names = this.#url.list('of');
  readonly #vs = this.#url.value('vs');
  protected readonly time = inject(PageTime);

  protected readonly parsed = computed(() => parseSubjects(this.#names()));
  protected readonly compared = computed(() => this.parsed().compared);
  /** A single thing has only its own past to be compared with. */
  protected readonly offset = computed(() => {
    if (this.compared().length !== 1) return null;
    return offsets.find(({ vs }) => vs === this.#vs()) ?? offsets[0];
  });
  protected readonly offsets = offsets;
  protected readonly names = new SubjectNames(this.compared);
  readonly #wanted = computed(() => {
    const now = this.compared().map(({ subject }) => ({ subject, beforeMs: 0 }));
    const offset = this.offset();
    return offset === null ? now : [...now, ...now.map((one) => ({ ...one, beforeMs: offset.ms }))];
  });
  protected readonly series = new ComparedSeries(this.#wanted, comparedMetrics);
  protected readonly problem = computed(() => this.series.found().find((one) => 'problem' in one)?.problem);
  protected readonly charts = computed(() => {
    const window = this.series.window();
    const [first] = this.compared();
    if (window === null || first === undefined) return [];
    const offset = this.offset();
    const things = offset === null ? this.compared() : [first, first];
    // An answer that is still shown may be of what was compared before: it is drawn under its own name or not at all.
    const lines = this.#wanted().flatMap((wanted, index) => {
      const thing = things[index];
      const found = this.series.found().find((one) => sameWanted(one.of, wanted));
      if (found === undefined || !('series' in found) || thing === undefined) return [];
      const beforeMs = offset !== null && index > 0 ? offset.ms : 0;
      const period = beforeMs > 0 ? (offset?.words ?? '') : 'this period';
      const label = offset === null ? this.names.of()(thing) : period;
      return [{ name: thing.name, label, series: found.series, beforeMs }];
    });
    return compareCharts(lines, window);
  });
  protected readonly rows = computed(() => (this.offset() === null ? [] : differences(this.charts())));
  protected readonly isFull = computed(() => this.compared().length >= mostSubjects);

  /** What can be added by its name. */
  protected readonly candidates = apiResource(() => {
    const q = this.#url.value('q')() ?? '';
    return q === '' ? undefined : { path: '/containers', params: { q, limit: 8 }, identity: 'candidates' };
  }, containerListSchema);
  protected readonly words = this.#url.value('q');

  constructor() {
    followTicks(() => {
      // What is under way would be given up for the next: a long comparison would never arrive.
      if (this.time.range().kind === 'last' && !this.series.loading() && !this.#cursor.isBusy()) this.series.reload();
    });
  }

  protected search(event: Event, typed: string): void {
    event.preventDefault();
    this.#url.show({ q: typed.trim() });
  }

  protected add(id: string): void {
    this.#url.show({ of: [...this.#names(), `container:${id}`], q: null });
  }

  protected remove(name: string): void {
    this.#url.show({ of: this.#names().filter((one) => one !== name) });
  }
}
