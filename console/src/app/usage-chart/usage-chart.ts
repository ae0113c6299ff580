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
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import { Icon } from '../ui/icon.ts';
import { formatClock, formatMinute, formatShare } from '../units.ts';
import { ChartCursor } from './chart-cursor.ts';
import { ChartLegend } from './chart-legend.ts';
import { chartSummary, legendRows, lineFormat } from './chart-summary.ts';
import { ChartTable } from './chart-table.ts';
import { ChartThemes } from './chart-theme.ts';
import type { Chart } from './chart.ts';
import { findGaps } from './gaps.ts';
import { marginLabels } from './margin-labels.ts';
import { nearestIndex, plotArea, xOf } from './plot-area.ts';
import { usageOptions } from './usage-options.ts';
import { valueScale } from './value-scale.ts';

/** Pixels of the part with the lines. */
const mainHeight = 214;

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...keys].filter((other) => other !== key));
}

/** One chart: lines over time with their bounds, gaps, legend, cursor and, on demand, as a table. */
@Component({
  selector: 'ds-usage-chart',
  imports: [ChartLegend, ChartTable, Icon, NgxEchartsDirective],
  providers: [provideEchartsCore({ echarts: () => import('./echarts.ts') })],
  templateUrl: './usage-chart.html',
  styleUrl: './usage-chart.css',
})
export class UsageChart {
  readonly chart = input.required<Chart>();
  /** Words beside the title. */
  readonly note = input('');

  readonly #themes = inject(ChartThemes);
  readonly #cursor = inject(ChartCursor);
  protected readonly frame = viewChild.required<ElementRef<HTMLElement>>('plot');
  readonly #width = signal(0);
  readonly #hidden = signal<ReadonlySet<string>>(new Set());
  /** The pointer is in this chart: only here the tooltip shows. */
  readonly #inside = signal(false);

  protected readonly asTable = signal(false);
  protected readonly hidden = this.#hidden.asReadonly();
  protected readonly shown = computed((): Chart => {
    const chart = this.chart();
    return { ...chart, lines: chart.lines.filter((line) => !this.#hidden().has(line.key)) };
  });
  protected readonly scale = computed(() => valueScale(this.shown()));
  protected readonly area = computed(() => plotArea(this.shown(), this.#width(), mainHeight));
  protected readonly options = computed(() =>
    this.#width() === 0 ? null : usageOptions(this.shown(), this.area(), this.scale(), this.#themes.current()),
  );
  protected readonly labels = computed(() => marginLabels(this.shown(), this.area(), this.scale()));
  protected readonly legend = computed(() => legendRows(this.chart(), this.scale()));
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
    const x = xOf(this.area(), atMs);
    const format = lineFormat(this.scale());
    const lines = this.shown()
      .lines.map((line) => ({ key: line.key, label: line.label, slot: line.slot, value: line.values[index] ?? null }))
      .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1))
      .map((line) => ({ ...line, words: format(line.value) }));
    const strip = this.shown().strip;
    const share =
      strip === null
        ? []
        : [{ key: 'strip', label: strip.label, slot: strip.slot, words: formatShare(strip.values[index] ?? null) }];
    return {
      x,
      atRight: x > this.area().left + this.area().width / 2,
      time: formatClock(atMs),
      lines: [...lines, ...share],
    };
  });
  protected readonly tooltip = computed(() => (this.#inside() ? this.cursor() : null));

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const frame = this.frame().nativeElement;
      const observer = new ResizeObserver(([entry]) => {
        this.#width.set(Math.round(entry?.contentRect.width ?? 0));
      });
      observer.observe(frame);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
  }

  protected point(event: PointerEvent): void {
    const frame = this.frame().nativeElement;
    this.#inside.set(true);
    this.#pointAt(
      nearestIndex(this.area(), this.chart().timestamps, event.clientX - frame.getBoundingClientRect().left),
    );
  }

  protected leave(): void {
    this.#inside.set(false);
    this.#cursor.atMs.set(null);
  }

  protected move(event: Event, steps: number): void {
    event.preventDefault();
    const { timestamps } = this.chart();
    const atMs = this.#cursor.atMs();
    const index = atMs === null ? timestamps.length : timestamps.indexOf(atMs);
    this.#inside.set(true);
    this.#pointAt(Math.min(timestamps.length - 1, Math.max(0, index + steps)));
  }

  protected toggle(key: string, isolate: boolean): void {
    const others = this.chart()
      .lines.map((line) => line.key)
      .filter((other) => other !== key);
    const alone = others.every((other) => this.#hidden().has(other)) && !this.#hidden().has(key);
    if (isolate) this.#hidden.set(new Set(alone ? [] : others));
    else this.#hidden.update((hidden) => (hidden.has(key) ? without(hidden, key) : new Set([...hidden, key])));
  }

  #pointAt(index: number): void {
    this.#cursor.atMs.set(this.chart().timestamps[index] ?? null);
  }
}
