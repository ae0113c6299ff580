import {
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Clipboard } from '@angular/cdk/clipboard';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import { PageTime } from '../time/page-time.ts';
import { SaveFile } from '../ui/save-file.ts';
import { formatClock, formatMinute } from '../units.ts';
import { ChartCursor, type Stretch } from './chart-cursor.ts';
import { ChartLegend } from './chart-legend.ts';
import { ChartMenu, type ChartWish } from './chart-menu.ts';
import { chartSummary, legendRows } from './chart-summary.ts';
import { ChartTable } from './chart-table.ts';
import { ChartThemes } from './chart-theme.ts';
import { ChartView } from './chart-view.ts';
import type { Chart } from './chart.ts';
import { Drawing } from './drawing.ts';
import { chartCsv } from './export/chart-csv.ts';
import { chartPicture } from './export/chart-picture.ts';
import { FullScreen } from './full-screen.ts';
import { findGaps } from './gaps.ts';
import { marginLabels } from './margin-labels.ts';
import { usageOptions } from './options/usage-options.ts';
import { nearestIndex, plotArea, shifted, xOf } from './plot-area.ts';
import { PlotGesture } from './plot-gesture.ts';
import { PlotKeys } from './plot-keys.ts';
import { readout } from './readout.ts';
import { valueScale } from './value-scale.ts';

/** Pixels of the part with the lines, and what else a chart in full screen needs. */
const mainHeight = 226;
const besidesHeight = 300;

/** One chart: lines over time with their bounds, gaps, events, legend, cursor and, on demand, as a table. */
@Component({
  selector: 'ds-usage-chart',
  imports: [ChartLegend, ChartMenu, ChartTable, NgxEchartsDirective],
  providers: [provideEchartsCore({ echarts: () => import('./echarts.ts') })],
  templateUrl: './usage-chart.html',
  styleUrl: './usage-chart.css',
})
export class UsageChart {
  readonly chart = input.required<Chart>();
  /** What the chart is of, for files. */
  readonly subject = input('');

  readonly #themes = inject(ChartThemes);
  readonly #time = inject(PageTime);
  readonly #clipboard = inject(Clipboard);
  readonly #files = inject(SaveFile);
  readonly #cursor = inject(ChartCursor);
  readonly #keys = new PlotKeys(this.#cursor);
  protected readonly frame = viewChild.required<ElementRef<HTMLElement>>('plot');
  protected readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');
  readonly #width = signal(0);
  /** The pointer is in this chart: only here the tooltip shows. */
  readonly #inside = signal(false);
  #gesture: PlotGesture | null = null;

  protected readonly full = new FullScreen(() => this.panel().nativeElement);
  protected readonly view = new ChartView(this.chart);
  /** What was just done, for those who do not see it. */
  protected readonly said = signal('');
  protected readonly shown = computed((): Chart => {
    const hidden = this.view.hidden();
    const chart = this.chart();
    return { ...chart, lines: chart.lines.filter((line) => !hidden.has(line.key)) };
  });
  protected readonly scale = computed(() => valueScale(this.shown()));
  protected readonly unit = computed(() => (this.scale().unit === '' ? '' : `, ${this.scale().unit}`));
  readonly #height = computed(() =>
    this.full.isOn() ? Math.max(mainHeight, innerHeight - besidesHeight) : mainHeight,
  );
  protected readonly area = computed(() =>
    shifted(plotArea(this.shown(), this.#width(), this.#height()), -this.#cursor.pulledMs()),
  );
  readonly #frame = computed(() => ({
    chart: this.shown(),
    area: this.area(),
    scale: this.scale(),
    theme: this.#themes.current(),
  }));
  protected readonly drawing = new Drawing(computed(() => (this.#width() === 0 ? null : usageOptions(this.#frame()))));
  protected readonly labels = computed(() => marginLabels(this.shown(), this.area(), this.scale()));
  protected readonly legend = computed(() => legendRows(this.chart(), this.scale(), this.cursor()?.index ?? null));
  protected readonly summary = computed(() => chartSummary(this.chart(), this.scale()));
  protected readonly gaps = computed(() =>
    findGaps(this.chart()).map((gap) => `${formatMinute(gap.fromMs)} – ${formatMinute(gap.toMs)}`),
  );
  protected readonly empty = computed(() =>
    this.chart().lines.every((line) => line.values.every((value) => value === null)),
  );

  protected readonly cursor = computed(() => {
    const atMs = this.#cursor.atMs();
    const index = atMs === null ? -1 : this.chart().timestamps.indexOf(atMs);
    if (atMs === null || index < 0) return null;
    return { index, x: xOf(this.area(), atMs), time: formatClock(atMs) };
  });
  protected readonly tooltip = computed(() => {
    const cursor = this.cursor();
    if (!this.#inside() || cursor === null) return null;
    const { left, width } = this.area();
    return {
      ...cursor,
      atRight: cursor.x > left + width / 2,
      lines: readout(this.shown(), this.scale(), cursor.index),
    };
  });
  protected readonly selection = computed(() => {
    const selection = this.#cursor.selection();
    if (selection === null) return null;
    const left = xOf(this.area(), selection.fromMs);
    return { left, width: xOf(this.area(), selection.toMs) - left };
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const observer = new ResizeObserver(([entry]) => {
        this.#width.set(Math.round(entry?.contentRect.width ?? 0));
      });
      observer.observe(this.frame().nativeElement);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
  }

  protected down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.frame().nativeElement.setPointerCapture(event.pointerId);
    this.#gesture = new PlotGesture(this.area(), this.#cursor, { x: this.#xOf(event), pulls: event.shiftKey });
  }

  protected point(event: PointerEvent): void {
    const x = this.#xOf(event);
    this.#gesture?.move(x);
    this.#inside.set(true);
    const { timestamps } = this.chart();
    this.#cursor.atMs.set(timestamps[nearestIndex(this.area(), timestamps, x)] ?? null);
  }

  protected up(event: PointerEvent): void {
    const wanted = this.#gesture?.end(this.#xOf(event)) ?? null;
    this.#gesture = null;
    if (wanted !== null) this.#show(wanted);
  }

  protected leave(): void {
    this.#gesture?.cancel();
    this.#gesture = null;
    this.#keys.forget();
    this.#inside.set(false);
    this.#cursor.atMs.set(null);
  }

  protected back(): void {
    this.#time.back();
  }

  protected press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wish = this.#keys.press(event, this.chart().timestamps);
    if (wish === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (wish === 'leave') this.leave();
    else if (wish === 'table') this.view.toggleTable();
    else if (wish === 'moved') this.#inside.set(true);
    else this.#show(wish.show);
  }

  protected async grant(wish: ChartWish): Promise<void> {
    switch (wish) {
      case 'table':
        this.view.toggleTable();
        return;
      case 'full':
        await this.full.toggle();
        return;
      case 'link':
        this.#clipboard.copy(this.#time.permalink());
        this.said.set('Link copied');
        return;
      case 'csv':
        this.#files.saveText(`${this.#fileName()}.csv`, 'text/csv', chartCsv(this.shown()));
        return;
      case 'png':
      case 'svg':
        this.#files.save(`${this.#fileName()}.${wish}`, await chartPicture(wish, this.#frame(), this.subject()));
    }
  }

  #fileName(): string {
    return `${this.subject()}-${this.chart().title}-${new Date(this.chart().window.toMs).toISOString().slice(0, 16)}`;
  }

  #show(stretch: Stretch): void {
    this.#cursor.atMs.set(null);
    this.#time.zoom(stretch.fromMs, stretch.toMs);
  }

  #xOf(event: PointerEvent): number {
    return event.clientX - this.frame().nativeElement.getBoundingClientRect().left;
  }
}
