import { Location } from '@angular/common';
import { computed, DestroyRef, inject, Service, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { Clock } from './clock.ts';
import {
  fixedRange,
  parseRange,
  rangeParams,
  shortestSpanMs,
  windowAt,
  type RangeWindow,
  type TimeRange,
} from './time-range.ts';

/** The time range of the open page: it lives in the URL. */
@Service()
export class PageTime {
  readonly #router = inject(Router);
  readonly #location = inject(Location);
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
  /** The name of a range that moves; null for a fixed one. */
  readonly last = computed(() => {
    const range = this.range();
    return range.kind === 'last' ? range.choice.last : null;
  });
  readonly #bars = signal(0);
  /** The page shows a time bar. */
  readonly isRuled = computed(() => this.#bars() > 0);
  /** The range as query parameters, for links that keep it. */
  readonly params = computed(() => rangeParams(this.range()));

  /** A time bar is there until the injection context that this is called in ends. */
  rule(): void {
    this.#bars.update((count) => count + 1);
    inject(DestroyRef).onDestroy(() => {
      this.#bars.update((count) => count - 1);
    });
  }

  /** Shows another range, as a step in the browser's history. */
  show(range: TimeRange): void {
    void this.#router.navigate([], { queryParams: rangeParams(range), queryParamsHandling: 'merge' });
  }

  /** The window that is shown now. */
  window(): RangeWindow {
    return windowAt(this.range(), this.#clock.read());
  }

  /** Holds the moving window where it stands. */
  hold(): void {
    this.show({ kind: 'fixed', ...this.window() });
  }

  /** Shows a stretch of time, at least a minute of it, that does not reach beyond now. */
  zoom(fromMs: number, toMs: number): void {
    const span = Math.max(shortestSpanMs, toMs - fromMs);
    const end = Math.min(this.#clock.read(), (fromMs + toMs + span) / 2);
    const range = fixedRange(Math.round(end - span), Math.round(end));
    const state = { zoomed: true };
    void this.#router.navigate([], { queryParams: rangeParams(range), queryParamsHandling: 'merge', state });
  }

  /** Shows what was shown before the last zoom; from a link that was opened zoomed, the default range. */
  back(): void {
    const state = this.#location.getState();
    const isZoomed = typeof state === 'object' && state !== null && 'zoomed' in state;
    if (isZoomed) this.#location.back();
    else if (this.range().kind === 'fixed') this.show(parseRange({}).range);
  }

  /** Moves by a share of the window's length: -0.5 is half of it back. */
  move(share: number): void {
    const { fromMs, toMs } = this.window();
    const by = (toMs - fromMs) * share;
    this.zoom(fromMs + by, toMs + by);
  }

  /** Shows `factor` times as much, around the same middle. */
  scale(factor: number): void {
    const { fromMs, toMs } = this.window();
    const more = ((toMs - fromMs) * (factor - 1)) / 2;
    this.zoom(fromMs - more, toMs + more);
  }

  /** The page's address with the moments that are shown now, so that others see the same. */
  permalink(): string {
    const queryParams = rangeParams({ kind: 'fixed', ...this.window() });
    const tree = this.#router.createUrlTree([], { queryParams, queryParamsHandling: 'merge' });
    return new URL(this.#location.prepareExternalUrl(this.#router.serializeUrl(tree)), location.origin).href;
  }
}
