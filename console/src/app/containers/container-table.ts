import {
  CdkFixedSizeVirtualScroll,
  CdkVirtualForOf,
  CdkVirtualScrollableWindow,
  CdkVirtualScrollViewport,
} from '@angular/cdk/scrolling';
import { Component, computed, effect, inject, input, output, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ContainerSort, ContainerSummary } from '@docksnap/contract';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { tableUnit } from '../units.ts';
import { columns as allColumns, type ColumnKey } from './columns.ts';
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
  host: { '[style.--columns]': 'template()' },
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

  /** Which columns stand beside the name. */
  readonly columns = input.required<readonly ColumnKey[]>();

  readonly #clock = inject(Clock);
  protected readonly time = inject(PageTime);
  protected readonly throttledWarning = throttledWarning;
  protected readonly rows = computed(() => this.containers().map((one) => containerRow(one, this.#clock.read())));
  protected readonly heads = computed(() =>
    allColumns
      .filter(({ key }) => this.columns().includes(key))
      .map((column) => ({
        ...column,
        head: column.key === 'memory' ? `${column.head}, ${tableUnit().name}` : column.head,
      })),
  );
  /** The columns of a wide table, for the style sheet. */
  protected readonly template = computed(
    () =>
      `minmax(220px, 3fr) ${this.heads()
        .map((column) => column.width)
        .join(' ')}`,
  );

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
