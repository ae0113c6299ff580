import { HttpClient } from '@angular/common/http';
import { DestroyRef, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { seriesAnswerSchema, type QueryMetricName, type SeriesAnswer } from '@docksnap/contract';
import { catchError, forkJoin, map, of, type Observable, type Subscription } from 'rxjs';
import { requestTimeoutMs } from '../api/api-resource.ts';
import { toProblem, type Problem } from '../api/problem.ts';
import { answerParser } from '../api/unexpected-answer.ts';
import type { Subject } from '../live/live-series.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { windowAt, type RangeWindow } from '../time/time-range.ts';

const parseSeries = answerParser(seriesAnswerSchema);

/** What is asked for: a thing's series, so long before the page's time. */
export interface Wanted {
  readonly subject: Subject;
  readonly beforeMs: number;
}

/** An answer or why there is none, with what it answers. */
export type Found = { readonly of: Wanted } & ({ readonly series: SeriesAnswer } | { readonly problem: Problem });

/** Whether two ask for the same. */
export function sameWanted(one: Wanted, other: Wanted): boolean {
  return one.beforeMs === other.beforeMs && JSON.stringify(one.subject) === JSON.stringify(other.subject);
}

/** Several series over the page's time, asked for together. Old ones stay until all new ones are there. */
export class ComparedSeries {
  readonly #http = inject(HttpClient);
  readonly #time = inject(PageTime);
  readonly #clock = inject(Clock);
  readonly #metrics: string;
  readonly #found = signal<readonly Found[]>([]);
  readonly #window = signal<RangeWindow | null>(null);
  readonly #loading = signal(false);
  readonly #round = signal(0);
  #request: Subscription | undefined;

  /** What was asked for last, or before that while it is under way. */
  readonly found = this.#found.asReadonly();
  /** The page's own time that they were asked for. */
  readonly window = this.#window.asReadonly();
  readonly loading = this.#loading.asReadonly();

  constructor(wanted: Signal<readonly Wanted[]>, metrics: readonly QueryMetricName[]) {
    this.#metrics = metrics.join(',');
    effect(() => {
      this.#round();
      this.#time.range();
      const all = wanted();
      untracked(() => {
        this.#ask(all);
      });
    });
    inject(DestroyRef).onDestroy(() => this.#request?.unsubscribe());
  }

  reload(): void {
    this.#round.update((round) => round + 1);
  }

  #ask(wanted: readonly Wanted[]): void {
    this.#request?.unsubscribe();
    const window = windowAt(this.#time.range(), this.#clock.read());
    if (wanted.length === 0) {
      this.#found.set([]);
      this.#loading.set(false);
      return;
    }
    this.#loading.set(true);
    this.#request = forkJoin(wanted.map((one) => this.#one(one, window))).subscribe((found) => {
      this.#window.set(window);
      this.#found.set(found);
      this.#loading.set(false);
    });
  }

  #one(wanted: Wanted, { fromMs, toMs, stepSeconds }: RangeWindow): Observable<Found> {
    const { subject, beforeMs } = wanted;
    const params = {
      ...subject,
      metrics: this.#metrics,
      from: fromMs - beforeMs,
      to: toMs - beforeMs,
      stepSeconds,
    };
    return this.#http.get('/api/v1/series', { params, timeout: requestTimeoutMs }).pipe(
      map((answer) => ({ of: wanted, series: parseSeries(answer) })),
      catchError((error: unknown) => of({ of: wanted, problem: toProblem(error) })),
    );
  }
}
