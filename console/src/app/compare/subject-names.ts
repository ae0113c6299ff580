import { computed, type Signal } from '@angular/core';
import { containerDetailSchema, nodeListSchema } from '@docksnap/contract';
import { HttpClient } from '@angular/common/http';
import { effect, inject, signal } from '@angular/core';
import { apiResource, requestTimeoutMs } from '../api/api-resource.ts';
import type { Compared } from './subjects.ts';

/** The words for what is compared: names in place of ids, once the API has told them. */
export class SubjectNames {
  readonly #http = inject(HttpClient);
  readonly #nodes = apiResource(() => ({ path: '/nodes' }), nodeListSchema);
  readonly #containers = signal<ReadonlyMap<string, string>>(new Map());
  readonly #asked = new Set<string>();

  constructor(compared: Signal<readonly Compared[]>) {
    effect(() => {
      for (const { subject } of compared()) if ('container' in subject) this.#ask(subject.container);
    });
  }

  /** "shop/api", a node's name, or as long as it is not known the id. */
  readonly of = computed(() => {
    const nodes = new Map(this.#nodes.value()?.items.map(({ id, name }) => [id, name]));
    const containers = this.#containers();
    return ({ subject }: Compared): string => {
      if ('container' in subject) return containers.get(subject.container) ?? subject.container;
      if ('node' in subject) return nodes.get(subject.node) ?? subject.node;
      return 'workload' in subject ? subject.workload : subject.namespace;
    };
  });

  #ask(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#http.get(`/api/v1/containers/${encodeURIComponent(id)}`, { timeout: requestTimeoutMs }).subscribe({
      next: (answer) => {
        const container = containerDetailSchema.safeParse(answer);
        if (!container.success) return;
        const { namespace, name, pod } = container.data;
        this.#containers.update((names) => new Map(names).set(id, `${namespace}/${name} in ${pod}`));
      },
      // The id stays: the series' own answer says what is wrong.
      error: () => undefined,
    });
  }
}
