import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { postMortemSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { Clock } from '../time/clock.ts';
import { fixedRange, rangeParams } from '../time/time-range.ts';
import { Bones } from '../ui/bones.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { UsageChart } from '../usage-chart/usage-chart.ts';
import { formatBytes, formatClock, formatMoment } from '../units.ts';
import { UrlState } from '../url/url-state.ts';
import { postMortemCharts } from './post-mortem-charts.ts';
import { postMortemFacts } from './post-mortem-facts.ts';

const aroundMs = 30 * 60_000;

/** Why a container ended: its last five minutes, how it went, and what else grew on its node. */
@Component({
  selector: 'ds-post-mortem',
  imports: [Bones, PartialNote, ProblemNote, RouterLink, UsageChart],
  // Its charts show other minutes than the page's: they point at moments of their own.
  providers: [ChartCursor],
  templateUrl: './post-mortem-card.html',
  styleUrl: './post-mortem-card.css',
})
export class PostMortemCard {
  readonly id = input.required<string>();
  readonly subject = input('');

  readonly #clock = inject(Clock);
  readonly #end = inject(UrlState).value('end');
  protected readonly found = apiResource(() => {
    const at = this.#end() ?? '';
    // What is no moment is left out: the newest end is shown.
    const params: Readonly<Record<string, string>> = /^\d{1,15}$/.test(at) ? { at } : {};
    return { path: `/containers/${encodeURIComponent(this.id())}/post-mortem`, params };
  }, postMortemSchema);
  protected readonly charts = computed(() => {
    const found = this.found.value();
    return found === undefined ? [] : postMortemCharts(found);
  });
  protected readonly facts = computed(() => {
    const found = this.found.value();
    return found === undefined ? [] : postMortemFacts(found);
  });
  protected readonly shown = computed(() => {
    const found = this.found.value();
    if (found === undefined) return undefined;
    const { end, ends } = found;
    const index = ends.indexOf(end.finishedAtMs);
    return {
      title: end.reason === 'OOMKilled' ? 'OOM post-mortem' : 'Post-mortem',
      when: `${formatMoment(end.finishedAtMs, this.#clock.read())}, ${index + 1} of ${ends.length} seen`,
      clock: formatClock(end.finishedAtMs),
      before: ends[index - 1] ?? null,
      after: ends[index + 1] ?? null,
      machine: {
        ...rangeParams(fixedRange(end.finishedAtMs - aroundMs, end.finishedAtMs + aroundMs)),
        at: end.finishedAtMs,
      },
      grown: found.grown.map((one) => ({
        ...one,
        grew: formatBytes(one.grewBytes),
        used: formatBytes(one.workingSetBytes),
      })),
    };
  });
}
