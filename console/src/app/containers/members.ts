import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { containerListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { UrlState } from '../url/url-state.ts';
import { PageTime } from '../time/page-time.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { Consumers } from './consumers.ts';

const mostRows = 20;
const orders = [
  { sort: 'cpu', name: 'CPU' },
  { sort: 'memory', name: 'Memory' },
  { sort: 'throttled', name: 'Throttled' },
  { sort: 'restarts', name: 'Restarts' },
] as const;

/** Containers of a node, workload or namespace: the twenty that use most, and the way to all of them. */
@Component({
  selector: 'ds-members',
  imports: [Bones, Consumers, EmptyState, ProblemNote, RouterLink],
  templateUrl: './members.html',
  styles: `
    .more {
      padding: var(--sp-4) calc(var(--cell-x) + var(--sp-1));
      border-top: 1px solid var(--line);
    }
  `,
})
export class Members {
  readonly heading = input('Top consumers');
  readonly sentence = input('bar: used, tick at the request, of the limit');
  /** Which containers, as the API's filter. */
  readonly query = input.required<Readonly<Record<string, string>>>();
  readonly current = input<string | null>(null);
  /** The same containers in the list of all, for its query. */
  readonly allParams = input<Readonly<Record<string, string>> | null>(null);

  /** Changes when the newest values are to be asked for. */
  readonly round = input(0);

  protected readonly time = inject(PageTime);
  readonly #by = inject(UrlState).value('by');
  protected readonly orders = orders;
  protected readonly order = computed(() => orders.find(({ sort }) => sort === this.#by())?.sort ?? 'cpu');
  protected readonly containers = apiResource(() => {
    this.round();
    const params = { ...this.query(), sort: this.order(), limit: mostRows };
    return { path: '/containers', params, identity: JSON.stringify(this.query()) };
  }, containerListSchema);
  protected readonly hasMore = computed(() => {
    const list = this.containers.value();
    return list !== undefined && list.total > list.items.length;
  });
}
