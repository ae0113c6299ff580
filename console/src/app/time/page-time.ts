import { computed, inject, Service } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { Clock } from './clock.ts';
import { parseRange, rangeParams, windowAt, type TimeRange } from './time-range.ts';

/** The time range of the open page: it lives in the URL. */
@Service()
export class PageTime {
  readonly #router = inject(Router);
  readonly #clock = inject(Clock);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap);
  readonly #parsed = computed(
    () => {
      const params = this.#params();
      const read = (name: string) => params?.get(name) ?? undefined;
      return parseRange({ last: read('last'), from: read('from'), to: read('to'), step: read('step') });
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );

  readonly range = computed(() => this.#parsed().range);
  readonly ignored = computed(() => this.#parsed().ignored);
  /** The range as query parameters, for links that keep it. */
  readonly params = computed(() => rangeParams(this.range()));

  /** Shows another range, as a step in the browser's history. */
  show(range: TimeRange): void {
    void this.#router.navigate([], { queryParams: rangeParams(range), queryParamsHandling: 'merge' });
  }

  /** Holds the moving window where it stands. */
  hold(): void {
    const { fromMs, toMs, stepSeconds } = windowAt(this.range(), this.#clock.read());
    this.show({ kind: 'fixed', fromMs, toMs, stepSeconds });
  }
}
