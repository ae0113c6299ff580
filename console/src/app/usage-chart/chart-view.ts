import { computed, inject, type Signal } from '@angular/core';
import { UrlState } from '../url/url-state.ts';
import type { Chart } from './chart.ts';

/** How a chart is looked at: which lines are hidden, and whether it is shown as a table. All of it is in the URL. */
export class ChartView {
  readonly #url = inject(UrlState);
  readonly #chart: Signal<Chart>;
  readonly #tables = this.#url.list('table');
  readonly #hidden = this.#url.list('hide');

  readonly hidden: Signal<ReadonlySet<string>>;
  readonly asTable: Signal<boolean>;

  constructor(chart: Signal<Chart>) {
    this.#chart = chart;
    this.asTable = computed(() => this.#tables().includes(chart().key));
    this.hidden = computed(() => {
      const names = new Set(this.#hidden());
      const keys = chart().lines.map((line) => line.key);
      const hidden = keys.filter((key) => names.has(this.#name(key)));
      // A link that hides all lines shows all.
      return new Set(hidden.length === keys.length ? [] : hidden);
    });
  }

  toggleTable(): void {
    const { key } = this.#chart();
    const others = this.#tables().filter((table) => table !== key);
    this.#url.show({ table: this.asTable() ? others : [...others, key] });
  }

  /** Hides or shows a line; `isolate` shows it alone, or all when it stands alone already. */
  toggleLine(key: string, isolate: boolean): void {
    const keys = this.#chart().lines.map((line) => line.key);
    const hidden = this.hidden();
    const others = keys.filter((other) => other !== key);
    const alone = others.every((other) => hidden.has(other));
    if (isolate) this.#hide(alone ? [] : others);
    else if (hidden.has(key)) this.#hide([...hidden].filter((other) => other !== key));
    else this.#hide([...hidden, key]);
  }

  #hide(keys: readonly string[]): void {
    const own = new Set(this.#chart().lines.map((line) => this.#name(line.key)));
    const ofOthers = this.#hidden().filter((name) => !own.has(name));
    this.#url.show({ hide: [...ofOthers, ...keys.map((key) => this.#name(key))] });
  }

  /** Commas separate names in the URL. */
  #name(key: string): string {
    return `${this.#chart().key}.${key}`.replaceAll(',', '_');
  }
}
