import { computed, inject, Service, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, type Params } from '@angular/router';

/** Entries of a list that a link may name: more are cut off. */
const longestList = 64;

/** What the query of the open page says. Changing it is a step in the browser's history. */
@Service()
export class UrlState {
  readonly #router = inject(Router);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap);

  /** A parameter's value; null where the URL has none. */
  value(name: string): Signal<string | null> {
    return computed(() => this.#params()?.get(name) ?? null);
  }

  /** A parameter that holds names, separated by commas. */
  list(name: string): Signal<readonly string[]> {
    return computed(
      () => {
        const value = this.#params()?.get(name) ?? '';
        return [...new Set(value.split(',').filter((part) => part !== ''))].slice(0, longestList);
      },
      { equal: (a, b) => a.length === b.length && a.every((part, index) => part === b[index]) },
    );
  }

  /**
   * Changes parameters and leaves the others; null and an empty list take one away. `replace`: what moves by itself or
   * by small steps is no step in the browser's history.
   */
  show(changes: Readonly<Record<string, string | readonly string[] | null>>, how: 'push' | 'replace' = 'push'): void {
    const queryParams: Params = {};
    for (const [name, value] of Object.entries(changes)) {
      const words = typeof value === 'string' ? value : (value ?? []).join(',');
      queryParams[name] = words === '' ? null : words;
    }
    const replaceUrl = how === 'replace';
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl });
  }
}
