import { HttpClient } from '@angular/common/http';
import { computed, DestroyRef, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { containerListSchema, type ContainerList, type ContainerSummary } from '@docksnap/contract';
import type { Subscription } from 'rxjs';
import { requestTimeoutMs } from '../api/api-resource.ts';
import { toProblem, type Problem } from '../api/problem.ts';
import { answerParser } from '../api/unexpected-answer.ts';
import { queryOf, type ContainerFilter } from './container-filter.ts';

const parseList = answerParser(containerListSchema);
/** Rows asked for at once. */
const pageRows = 200;

/**
 * The containers that match a filter, page after page as they are scrolled into view. A refresh asks for all that was
 * loaded in one request, so that rows do not jump between pages.
 */
export class ContainerPages {
  readonly #http = inject(HttpClient);
  readonly #list = signal<ContainerList | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);
  readonly #loading = signal(false);
  readonly #filter: Signal<ContainerFilter>;
  #request: Subscription | undefined;

  readonly items = computed((): readonly ContainerSummary[] => this.#list()?.items ?? []);
  readonly total = computed(() => this.#list()?.total ?? 0);
  readonly known = computed(() => this.#list() !== undefined);
  readonly problem = this.#problem.asReadonly();
  readonly loading = this.#loading.asReadonly();

  constructor(filter: Signal<ContainerFilter>) {
    this.#filter = filter;
    effect(() => {
      filter();
      untracked(() => {
        this.#ask(pageRows, null);
      });
    });
    inject(DestroyRef).onDestroy(() => this.#request?.unsubscribe());
  }

  /** The newest values of what is loaded. */
  refresh(): void {
    if (this.#loading()) return;
    const rows = Math.ceil(Math.max(1, this.items().length) / pageRows) * pageRows;
    this.#ask(Math.min(1000, rows), null);
  }

  /** The next page, when the last row comes into view. */
  more(): void {
    const next = this.#list()?.next;
    if (!this.#loading() && typeof next === 'string') this.#ask(pageRows, next);
  }

  #ask(limit: number, cursor: string | null): void {
    this.#request?.unsubscribe();
    this.#loading.set(true);
    const params = { ...queryOf(this.#filter()), limit, ...(cursor === null ? {} : { cursor }) };
    this.#request = this.#http.get('/api/v1/containers', { params, timeout: requestTimeoutMs }).subscribe({
      next: (answer) => {
        this.#take(answer, cursor !== null);
      },
      error: (error: unknown) => {
        this.#problem.set(toProblem(error));
        this.#loading.set(false);
      },
    });
  }

  #take(answer: unknown, append: boolean): void {
    this.#loading.set(false);
    try {
      const page = parseList(answer);
      const before = append ? this.items() : [];
      const seen = new Set(before.map((item) => item.id));
      this.#list.set({ ...page, items: [...before, ...page.items.filter((item) => !seen.has(item.id))] });
      this.#problem.set(undefined);
    } catch (error) {
      this.#problem.set(toProblem(error));
    }
  }
}
