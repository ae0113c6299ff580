import { Clipboard } from '@angular/cdk/clipboard';
import { afterRenderEffect, Component, inject, input, output, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import type { Problem } from '../api/problem.ts';
import type { LiveSeries } from '../live/live-series.ts';
import { PageTime } from '../time/page-time.ts';
import { TimeBar } from '../time/time-bar.ts';
import { Bones } from '../ui/bones.ts';
import { Icon } from '../ui/icon.ts';
import { Mark, type MarkKind } from '../ui/mark.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import type { Chart } from '../usage-chart/chart.ts';
import { UsageChart } from '../usage-chart/usage-chart.ts';

/** A state as a chip beside the page's title. */
export interface ChartPageMark {
  readonly kind: MarkKind;
  readonly words: string;
}

/**
 * The frame of every page about one thing's charts: time bar, path, head, what could not be read, the charts, and what
 * the page puts around them. Slots: `path` (list items), `missing` (in place of all when nobody knows the thing),
 * `facts` (above the charts), and the rest (below).
 */
@Component({
  selector: 'ds-chart-page',
  imports: [Bones, Icon, Mark, PartialNote, ProblemNote, TimeBar, UsageChart],
  templateUrl: './chart-page.html',
})
export class ChartPage {
  readonly heading = input.required<string>();
  readonly sentence = input('');
  readonly mark = input<ChartPageMark | null>(null);
  /** Nobody knows the thing: the page says so, and nothing else. */
  readonly isMissing = input(false);
  readonly isLoading = input(false);
  /** Why the thing itself could not be read, and what it is. */
  readonly problem = input<Problem | undefined>();
  readonly thing = input.required<string>();
  readonly series = input.required<LiveSeries>();
  readonly charts = input.required<readonly Chart[]>();
  readonly retry = output();

  readonly #time = inject(PageTime);
  readonly #clipboard = inject(Clipboard);
  protected readonly copied = signal(false);

  constructor() {
    const fragment = toSignal(inject(ActivatedRoute).fragment);
    let shown: string | null | undefined;
    // A link to one chart (`#chart-memory`) brings it into view, once, as soon as it is there.
    afterRenderEffect(() => {
      const wanted = fragment();
      if (wanted == null || wanted === shown || this.charts().length === 0) return;
      shown = wanted;
      document.getElementById(wanted)?.scrollIntoView({ block: 'center' });
    });
  }

  protected copyLink(): void {
    this.copied.set(this.#clipboard.copy(this.#time.permalink()));
  }
}
