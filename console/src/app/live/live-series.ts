import { computed, DestroyRef, effect, inject, linkedSignal, signal, untracked, type Signal } from '@angular/core';
import { seriesAnswerSchema, type QueryMetricName, type SeriesAnswer } from '@docksnap/contract';
import { apiResource, type ApiResource } from '../api/api-resource.ts';
import type { Problem } from '../api/problem.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { windowAt } from '../time/time-range.ts';
import { LiveStream } from './live-stream.ts';
import { alignTo, mergePoints } from './merge-points.ts';

/** What the series are of: exactly one of these. */
export type Subject = { readonly container: string } | { readonly node: string };

/** What surrounds the charts (facts, tables) is asked for again at most this often while points come in. */
const refreshEveryMs = 10_000;

/** Series of the page's time range: asked for once, then kept up to date by the stream while the range moves. */
export class LiveSeries {
  readonly #clock = inject(Clock);
  readonly #time = inject(PageTime);
  readonly #stream = inject(LiveStream);
  readonly #subject: Signal<Subject>;
  readonly #metrics: string;
  readonly #refreshOthers: () => void;
  /** Counts up when all must be asked for anew, with a window that ends now. */
  readonly #round = signal(0);
  readonly #answer: ApiResource<SeriesAnswer>;
  #refreshedMs = 0;

  /** On every step of the window; undefined before the first answer. */
  readonly value: Signal<SeriesAnswer | undefined>;
  readonly problem: Signal<Problem | undefined>;
  readonly loading: Signal<boolean>;

  /** `refreshOthers` is called as points come in, at most each 10 s, and after the stream was lost. */
  constructor(subject: Signal<Subject>, metrics: readonly QueryMetricName[], refreshOthers: () => void) {
    this.#subject = subject;
    this.#metrics = metrics.join(',');
    this.#refreshOthers = refreshOthers;
    this.#answer = apiResource(() => this.#request(), seriesAnswerSchema);
    const merged = linkedSignal(this.#answer.value);
    const window = computed(() => windowAt(this.#time.range(), this.#clock.now()), {
      equal: (a, b) => a.fromMs === b.fromMs && a.toMs === b.toMs,
    });
    this.value = computed(() => {
      const series = merged();
      return series === undefined ? undefined : alignTo(series, window());
    });
    this.problem = this.#answer.problem;
    this.loading = this.#answer.loading;
    effect(() => {
      const range = this.#time.range();
      const isUnknown = this.problem()?.status === 404;
      const params = new URLSearchParams(this.#params(windowAt(range, 0).stepSeconds));
      untracked(() => {
        if (range.kind === 'fixed' || isUnknown) this.#stream.stop();
        else
          this.#follow(`/api/v1/stream?${params.toString()}`, (points) => {
            merged.update((series) => (series === undefined ? undefined : mergePoints(series, points)));
          });
      });
    });
    inject(DestroyRef).onDestroy(() => {
      this.#stream.stop();
    });
  }

  reload(): void {
    this.#round.update((round) => round + 1);
  }

  #params(stepSeconds: number): Record<string, string> {
    return { ...this.#subject(), metrics: this.#metrics, stepSeconds: String(stepSeconds) };
  }

  #request() {
    this.#round();
    const { fromMs, toMs, stepSeconds } = windowAt(
      this.#time.range(),
      untracked(() => this.#clock.read()),
    );
    const params = this.#params(stepSeconds);
    const identity = JSON.stringify(this.#subject());
    return { path: '/series', params: { ...params, from: fromMs, to: toMs }, identity };
  }

  #follow(url: string, merge: (points: SeriesAnswer) => void): void {
    this.#stream.follow(url, {
      events: {
        points: (json) => {
          const points = seriesAnswerSchema.safeParse(json);
          if (points.success) merge(points.data);
          this.#refreshSometimes();
        },
      },
      resumed: () => {
        this.reload();
        this.#refreshOthers();
      },
      lost: this.#refreshOthers,
    });
  }

  #refreshSometimes(): void {
    if (this.#clock.read() - this.#refreshedMs < refreshEveryMs) return;
    this.#refreshedMs = this.#clock.read();
    this.#refreshOthers();
  }
}
