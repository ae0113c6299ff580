import { CdkMenu, CdkMenuItemCheckbox, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject } from '@angular/core';
import { Icon } from '../ui/icon.ts';
import { UrlState } from '../url/url-state.ts';
import { columnParams, columns, readColumns, type ColumnKey } from './columns.ts';

/** Chooses the columns of the table of containers; the choice is in the URL. */
@Component({
  selector: 'ds-column-menu',
  imports: [CdkMenu, CdkMenuItemCheckbox, CdkMenuTrigger, Icon],
  template: `
    <button type="button" class="button" [cdkMenuTriggerFor]="menu"><ds-icon name="columns" />Columns</button>
    <ng-template #menu>
      <div cdkMenu class="menu">
        @for (column of columns; track column.key) {
          <button
            type="button"
            cdkMenuItemCheckbox
            class="menu-item"
            [cdkMenuItemChecked]="shown().includes(column.key)"
            (cdkMenuItemTriggered)="toggle(column.key)"
          >
            <span>{{ column.head }}</span>
            @if (shown().includes(column.key)) {
              <ds-icon name="done" />
            }
          </button>
        }
      </div>
    </ng-template>
  `,
})
export class ColumnMenu {
  readonly #url = inject(UrlState);
  readonly #names = this.#url.list('columns');
  protected readonly columns = columns;
  protected readonly shown = computed(() => readColumns(this.#names()));

  protected toggle(key: ColumnKey): void {
    const others = this.shown().filter((one) => one !== key);
    const next = this.shown().includes(key) ? others : readColumns([...others, key]);
    this.#url.show({ columns: columnParams(next) });
  }
}
