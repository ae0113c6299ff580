import {
  CdkFixedSizeVirtualScroll,
  CdkVirtualForOf,
  CdkVirtualScrollableWindow,
  CdkVirtualScrollViewport,
} from '@angular/cdk/scrolling';
import { Component, computed, effect, input, output, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ContainerSort, ContainerSummary } from '@docksnap/contract';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { containerRow, throttledWarning } from './container-row.ts';

/** The next page is asked for when fewer rows than this lie below the view. */
const rowsAhead = 40;

/**
 * Containers as rows; only those in view are in the document, however many there are. Roles in place of a table
 * element: virtual rows are placed by transform, which table rows cannot be.
 */
@Component({
  selector: 'ds-container-table',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollableWindow,
    CdkVirtualScrollViewport,
    Mark,
    RouterLink,
    UsageBar,
  ],
  templateUrl: './container-table.html',
  styleUrl: './container-table.css',
})
export class ContainerTable {
  readonly containers = input.required<readonly ContainerSummary[]>();
  readonly total = input.required<number>();
  readonly sort = input.required<ContainerSort>();
  /** Pixels of a row, as the style sheet has it. */
  readonly rowHeight = input.required<number>();
  readonly more = output();

  protected readonly throttledWarning = throttledWarning;
  protected readonly rows = computed(() => this.containers().map(containerRow));
  protected readonly heads: readonly { sort: ContainerSort | null; name: string; class: string }[] = [
    { sort: 'name', name: 'Container', class: 'name' },
    { sort: null, name: 'Workload', class: 'workload' },
    { sort: null, name: 'Node', class: 'node' },
    { sort: null, name: 'State', class: 'state' },
    { sort: 'cpu', name: 'CPU, cores', class: 'wide-number' },
    { sort: 'memory', name: 'Working set, MiB', class: 'wide-number' },
    { sort: 'throttled', name: 'Throttled', class: 'number throttled' },
    { sort: 'restarts', name: 'Restarts', class: 'number restarts' },
  ];

  protected readonly viewport = viewChild.required(CdkVirtualScrollViewport);

  constructor() {
    effect((onCleanup) => {
      const viewport = this.viewport();
      const subscription = viewport.scrolledIndexChange.subscribe(() => {
        untracked(() => {
          if (viewport.getRenderedRange().end + rowsAhead >= this.containers().length) this.more.emit();
        });
      });
      onCleanup(() => {
        subscription.unsubscribe();
      });
    });
  }

  protected trackId(_index: number, row: { container: ContainerSummary }): string {
    return row.container.id;
  }
}
