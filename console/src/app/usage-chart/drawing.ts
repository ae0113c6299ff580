import { effect, inject, Injector, linkedSignal, signal, type Signal } from '@angular/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';

const parts = ['grid', 'xAxis', 'yAxis', 'series'];

/**
 * Keeps a drawn chart equal to its options: what changes is replaced by its id, the rest stays, so that a new point
 * costs a line and not a chart.
 */
export class Drawing {
  readonly #drawn = signal<EChartsType | null>(null);
  /** What the directive draws at first; what follows is laid over it. */
  readonly first: Signal<EChartsCoreOption | null>;

  constructor(options: Signal<EChartsCoreOption | null>) {
    this.first = linkedSignal<EChartsCoreOption | null, EChartsCoreOption | null>({
      source: options,
      computation: (current, before) => before?.value ?? current,
    });
    effect(
      () => {
        const current = options();
        const drawn = this.#drawn();
        if (current !== null) drawn?.setOption(current, { replaceMerge: parts, lazyUpdate: true });
      },
      { injector: inject(Injector) },
    );
  }

  /** The directive has made the chart. */
  take(drawn: EChartsType): void {
    this.#drawn.set(drawn);
  }
}
