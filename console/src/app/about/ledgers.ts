import { HttpClient } from '@angular/common/http';
import { DestroyRef, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { ledgerAnswerSchema, nodeDetailSchema, type NodeSummary } from '@docksnap/contract';
import { catchError, forkJoin, from, map, mergeMap, of, type Subscription } from 'rxjs';
import { requestTimeoutMs } from '../api/api-resource.ts';
import type { LedgerFound } from './ledger-rows.ts';

/** Nodes that are asked about: each takes two requests, and the ledger reads an hour of what is stored. */
export const mostLedgers = 50;
const atOnce = 4;
const askAgainEveryMs = 60_000;

/** The ledgers of the first nodes, asked for a few at a time and again each minute. */
export class Ledgers {
  readonly #http = inject(HttpClient);
  readonly #found = signal<ReadonlyMap<string, LedgerFound>>(new Map());
  readonly found = this.#found.asReadonly();
  #request: Subscription | undefined;
  #askedMs = -Infinity;

  constructor(nodes: Signal<readonly NodeSummary[]>) {
    effect(() => {
      const ids = nodes()
        .slice(0, mostLedgers)
        .map(({ id }) => id);
      untracked(() => {
        this.#ask(ids);
      });
    });
    inject(DestroyRef).onDestroy(() => this.#request?.unsubscribe());
  }

  #ask(ids: readonly string[]): void {
    const now = performance.now();
    if (ids.length === 0 || now - this.#askedMs < askAgainEveryMs) return;
    this.#askedMs = now;
    this.#request?.unsubscribe();
    this.#request = from(ids)
      .pipe(mergeMap((id) => this.#one(id), atOnce))
      .subscribe(({ id, found }) => {
        this.#found.update((all) => new Map(all).set(id, found));
      });
  }

  #one(id: string) {
    const path = `/api/v1/nodes/${encodeURIComponent(id)}`;
    const get = (url: string) =>
      this.#http.get<unknown>(url, { timeout: requestTimeoutMs }).pipe(catchError(() => of(null)));
    return forkJoin([get(`${path}/ledger`), get(path)]).pipe(
      map(([ledger, node]) => ({
        id,
        found: {
          ledger: ledgerAnswerSchema.safeParse(ledger).data ?? null,
          agent: nodeDetailSchema.safeParse(node).data?.agent ?? null,
        },
      })),
    );
  }
}
