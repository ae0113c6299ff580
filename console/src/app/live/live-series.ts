import { computed, DestroyRef, effect, inject, linkedSignal, signal, untracked, type Signal } from '@angular/core';
import { seriesAnswerSchema, type QueryMetricName, type SeriesAnswer } from '@docksnap/contract';
import { apiResource, type ApiResource } from '../api/api-resource.ts';
import type { Problem } from '../api/problem.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { sameWindow, windowAt, type RangeWindow, type TimeRange } from '../time/time-range.ts';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { LiveStream, type Subscription } from './live-stream.ts';
import { alignTo, mergePoints } from './merge-points.ts';
import { PageVisibility } from './page-visibility.ts';

/** What the series are of: exactly one of these. */
export type Subject =
  | { readonly container: string }
  | { readonly node: string }
  | { readonly namespace: string }
  /** namespace/kind/name. */
  | { readonly workload: string };

/** What surrounds the charts (facts, tables) is asked for again at most this often while points come in. */
const refreshEveryMs = 10_000;
/** Series of longer steps are not streamed but asked for again now and then: nobody sees a point of them grow. */
const longestLiveStepSeconds = 300;
const askAgainEveryMs = 60_000;

interface Shown {
  readonly range: TimeRange;
  readonly window: RangeWindow;
}

/**
 * Series of the page's time range: asked for once, then kept up to date by the stream while the range moves. The
 * window stands still while somebody points into a chart, and the stream while the page is hidden.
 */
export class LiveSeries {
  readonly #clock = inject(Clock);
  readonly #time = inject(PageTime);
  readonly #stream = inject(LiveStream);
  readonly #cursor = inject(ChartCursor);
  readonly #visibility = inject(PageVisibility);
  readonly subject: Signal<Subject>;
  readonly #metrics: string;
  readonly #refreshOthers: () => void;
  readonly #refreshes = signal(0);
  /** Counts up whenever what surrounds the charts is to be asked for again. */
  readonly refreshes = this.#refreshes.asReadonly();
  /** Counts up when all must be asked for anew, with a window that ends now. */
  readonly #round = signal(0);
  readonly #answer: ApiResource<SeriesAnswer>;
  /** What surrounds the charts was asked for by the page itself, when it opened. */
  #refreshedMs = this.#clock.read();
  #askedMs = this.#clock.read();
  #wasHidden = false;

  /** On every step of the window; undefined before the first answer. */
  readonly value: Signal<SeriesAnswer | undefined>;
  readonly problem: Signal<Problem | undefined>;
  readonly loading: Signal<boolean>;

  /** `refreshOthers` is called as points come in, at most each 10 s, and after the stream was lost. */
  constructor(subject: Signal<Subject>, metrics: readonly QueryMetricName[], refreshOthers: () => void) {
    this.subject = subject;
    this.#metrics = metrics.join(',');
    this.#refreshOthers = () => {
      this.#refreshes.update((count) => count + 1);
      refreshOthers();
    };
    this.#answer = apiResource(() => this.#request(), seriesAnswerSchema);
    const merged = linkedSignal(this.#answer.value);
    const window = this.#window();
    this.value = computed(() => {
      const series = merged();
      return series === undefined ? undefined : alignTo(series, window());
    });
    this.problem = this.#answer.problem;
    this.loading = this.#answer.loading;
    const merge = (points: SeriesAnswer) => {
      merged.update((series) => (series === undefined ? undefined : mergePoints(series, points)));
    };
    effect(() => {
      const range = this.#time.range();
      const isHidden = this.#visibility.isHidden();
      const isUnknown = this.problem()?.status === 404;
      const { stepSeconds } = windowAt(range, 0);
      const params = new URLSearchParams(this.#params(stepSeconds));
      untracked(() => {
        if (range.kind === 'fixed' || isUnknown || isHidden) this.#stream.stop();
        else {
          if (this.#wasHidden) this.#askAll();
          const isStreamed = stepSeconds <= longestLiveStepSeconds;
          if (isStreamed) this.#follow(`/api/v1/stream?${params.toString()}`, { points: this.#taker(merge) });
          else
            this.#follow('/api/v1/stream', {
              tick: () => {
                this.#askSometimes();
              },
            });
        }
        this.#wasHidden = isHidden;
      });
    });
    inject(DestroyRef).onDestroy(() => {
      this.#stream.stop();
    });
  }

  reload(): void {
    this.#round.update((round) => round + 1);
  }

  #window(): Signal<RangeWindow> {
    const now = computed(() => windowAt(this.#time.range(), this.#clock.now()), { equal: sameWindow });
    const shown = linkedSignal<Shown & { readonly isHeld: boolean }, Shown>({
      source: () => ({ range: this.#time.range(), window: now(), isHeld: this.#cursor.isBusy() }),
      computation: (current, before) =>
        current.isHeld && before?.value.range === current.range ? before.value : current,
    });
    return computed(() => shown().window, { equal: sameWindow });
  }

  #params(stepSeconds: number): Record<string, string> {
    return { ...this.subject(), metrics: this.#metrics, stepSeconds: String(stepSeconds) };
  }

  #request() {
    this.#round();
    const { fromMs, toMs, stepSeconds } = windowAt(
      this.#time.range(),
      untracked(() => this.#clock.read()),
    );
    const params = this.#params(stepSeconds);
    const identity = JSON.stringify(this.subject());
    return { path: '/series', params: { ...params, from: fromMs, to: toMs }, identity };
  }

  #follow(url: string, events: Subscription['events']): void {
    this.#stream.follow(url, {
      events,
      resumed: () => {
        this.#askAll();
      },
      lost: this.#refreshOthers,
    });
  }

  #taker(merge: (points: SeriesAnswer) => void): (json: unknown) => void {
    return (json) => {
      const points = seriesAnswerSchema.safeParse(json);
      if (points.success) merge(points.data);
      // Under a pointer nothing moves, lists neither.
      if (this.#clock.read() - this.#refreshedMs < refreshEveryMs || this.#cursor.isBusy()) return;
      this.#refreshedMs = this.#clock.read();
      this.#refreshOthers();
    };
  }

  #askSometimes(): void {
    if (this.#clock.read() - this.#askedMs < askAgainEveryMs || this.#cursor.isBusy()) return;
    this.#askedMs = this.#clock.read();
    this.#askAll();
  }

  #askAll(): void {
    this.#refreshedMs = this.#clock.read();
    this.reload();
    this.#refreshOthers();
  }
}
