import { computed, type Signal } from '@angular/core';
import { containerListSchema, nodeListSchema, stateAnswerSchema, type ContainerSort } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';

/** What is asked of the past, besides when. */
export interface PastFilter {
  readonly node: string | null;
  readonly q: string | null;
  readonly sort: ContainerSort;
  /** Pods are put together from their containers: all of them are wanted. */
  readonly byPod: boolean;
}

const rowsShown = 100;
const mostRows = 1000;

/** Nodes and containers as they were at a moment, and as they are now. */
export class PastState {
  readonly #then;
  readonly #nodes;
  readonly #containers;
  readonly value;
  readonly problem;
  readonly loading;
  readonly nodesNow;
  readonly containersNow;

  /** `minute` says when now is to be asked for again; `seesNodes`: whether nodes may be asked for at all. */
  constructor(
    atMs: Signal<number>,
    filter: Signal<PastFilter>,
    { minute, seesNodes }: { readonly minute: Signal<number>; readonly seesNodes: Signal<boolean> },
  ) {
    const params = computed(() => {
      const { node, q, sort, byPod } = filter();
      const named = { ...(node === null ? {} : { node }), ...(q === null || q === '' ? {} : { q }) };
      return { ...named, sort, limit: byPod ? mostRows : rowsShown };
    });
    this.#then = apiResource(
      () => ({ path: '/state', params: { ...params(), at: atMs() }, identity: 'state' }),
      stateAnswerSchema,
    );
    this.#nodes = apiResource(() => {
      minute();
      return seesNodes() ? { path: '/nodes' } : undefined;
    }, nodeListSchema);
    this.#containers = apiResource(() => {
      minute();
      const asked = { ...params(), limit: mostRows };
      // What is missing in the list of other filters is not gone: nothing of it is kept.
      return { path: '/containers', params: asked, identity: JSON.stringify(asked) };
    }, containerListSchema);
    this.value = this.#then.value;
    this.problem = this.#then.problem;
    this.loading = this.#then.loading;
    this.nodesNow = computed(() => this.#nodes.value()?.items ?? []);
    this.containersNow = this.#containers.value;
  }

  reload(): void {
    this.#then.reload();
  }
}
