import { Component, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import type { Finding, NodeSummary } from '@docksnap/contract';
import { EmptyState } from '../ui/empty-state.ts';
import { Icon } from '../ui/icon.ts';
import { UrlState } from '../url/url-state.ts';
import { mapMetric, mapMetrics } from './map-metrics.ts';
import { NodeMap } from './node-map.ts';
import { NodeTable } from './node-table.ts';

/** The nodes, as a table or a map, filtered by words. All of the choice is in the URL. */
@Component({
  selector: 'ds-nodes',
  imports: [EmptyState, Icon, NodeMap, NodeTable],
  templateUrl: './nodes-panel.html',
  styleUrl: './nodes-panel.css',
})
export class NodesPanel {
  readonly nodes = input.required<readonly NodeSummary[]>();
  readonly findings = input<readonly Finding[]>([]);
  /** Another value asks again for what the map shows. */
  readonly round = input(0);

  readonly #url = inject(UrlState);
  protected readonly map = viewChild(NodeMap);
  readonly #view = this.#url.value('view');
  readonly #colour = this.#url.value('colour');
  readonly #words = this.#url.value('q');
  protected readonly isMap = computed(() => this.#view() === 'map');
  protected readonly words = computed(() => this.#words() ?? '');
  protected readonly metrics = mapMetrics;
  protected readonly metric = computed(() => mapMetric(this.#colour()));
  protected readonly shown = computed(() => {
    const words = this.words().toLowerCase().split(/\s+/);
    return this.nodes().filter(({ name, state }) =>
      words.every((word) => `${name} ${state}`.toLowerCase().includes(word)),
    );
  });

  constructor() {
    effect(() => {
      this.round();
      untracked(() => this.map()?.reload());
    });
  }

  protected filter(words: string): void {
    this.#url.show({ q: words.trim() === '' ? null : words.trim() });
  }

  protected show(view: 'map' | 'table'): void {
    this.#url.show({ view: view === 'map' ? 'map' : null });
  }

  protected colour(key: string): void {
    this.#url.show({ colour: key === mapMetrics[0].key ? null : key });
  }
}
