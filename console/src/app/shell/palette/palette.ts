import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, effect, inject, linkedSignal, signal } from '@angular/core';
import { Router } from '@angular/router';
import { containerListSchema, nodeListSchema, workloadListSchema } from '@docksnap/contract';
import { apiResource } from '../../api/api-resource.ts';
import { PageTime } from '../../time/page-time.ts';
import { Icon } from '../../ui/icon.ts';
import { Mark } from '../../ui/mark.ts';
import { paletteGroups, type PaletteEntry } from './palette-entries.ts';

/** Typing rests this long before the API is asked, ms. */
const restMs = 120;
const mostContainers = 6;

/** Finds any node, workload, container, page or action by words, and opens it. */
@Component({
  selector: 'ds-palette',
  imports: [Icon, Mark],
  templateUrl: './palette.html',
  styleUrl: './palette.css',
})
export class Palette {
  /** Closes with the action that whoever opened the palette is to do. */
  readonly #dialog = inject<DialogRef<PaletteEntry['action']>>(DialogRef);
  readonly #router = inject(Router);
  readonly #time = inject(PageTime);

  protected readonly words = signal('');
  readonly #asked = signal('');
  readonly #nodes = apiResource(() => ({ path: '/nodes' }), nodeListSchema);
  readonly #workloads = apiResource(() => ({ path: '/workloads' }), workloadListSchema);
  readonly #containers = apiResource(() => {
    const q = this.#asked();
    const params = { q, limit: mostContainers };
    return q === '' ? undefined : { path: '/containers', params, identity: 'palette' };
  }, containerListSchema);

  protected readonly groups = computed(() =>
    paletteGroups(this.words(), {
      nodes: this.#nodes.value()?.items ?? [],
      workloads: this.#workloads.value()?.items ?? [],
      containers: this.#containers.value()?.items ?? [],
    }),
  );
  protected readonly entries = computed(() => this.groups().flatMap((group) => group.entries));
  readonly #chosen = linkedSignal({ source: this.words, computation: () => 0 });
  protected readonly chosen = computed(() => this.entries()[Math.min(this.#chosen(), this.entries().length - 1)]);
  protected readonly problem = computed(
    () => this.#nodes.problem() ?? this.#workloads.problem() ?? this.#containers.problem(),
  );

  constructor() {
    effect((onCleanup) => {
      const words = this.words().trim().slice(0, 512);
      const timer = setTimeout(() => {
        this.#asked.set(words);
      }, restMs);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  protected press(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const entry = this.chosen();
    if (step !== undefined) {
      event.preventDefault();
      const count = this.entries().length;
      if (count > 0) this.#chosen.update((index) => (Math.min(index, count - 1) + step + count) % count);
    } else if (event.key === 'Enter' && entry !== undefined) {
      event.preventDefault();
      this.open(entry, event.ctrlKey || event.metaKey);
    }
  }

  protected open(entry: PaletteEntry, inNewTab: boolean): void {
    this.#dialog.close(entry.action);
    if (entry.path !== null) this.#go(entry.path, inNewTab);
  }

  /** An entry's id in the document, for the field that points at it. */
  protected idOf(entry: PaletteEntry | undefined): string | null {
    return entry === undefined ? null : `palette-${this.entries().indexOf(entry)}`;
  }

  #go(path: readonly string[], inNewTab: boolean): void {
    const tree = this.#router.createUrlTree([...path], { queryParams: this.#time.params() });
    if (inNewTab) window.open(this.#router.serializeUrl(tree), '_blank', 'noopener');
    else void this.#router.navigateByUrl(tree);
  }
}
