import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import { Icon, type IconName } from '../ui/icon.ts';

const items = [
  { wish: 'link', words: 'Copy link to this time', icon: 'link' },
  { wish: 'csv', words: 'Save values as CSV', icon: 'save' },
  { wish: 'png', words: 'Save picture as PNG', icon: 'save' },
  { wish: 'svg', words: 'Save picture as SVG', icon: 'save' },
] as const satisfies readonly { wish: string; words: string; icon: IconName }[];

export type ChartWish = (typeof items)[number]['wish'] | 'table' | 'full';

/** What can be done with a chart: see it as a table, over the whole screen, copy its link, save it. */
@Component({
  selector: 'ds-chart-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon],
  template: `
    <button
      type="button"
      class="button quiet icon"
      [attr.aria-label]="asTable() ? 'Show ' + title() + ' as a chart' : 'Show ' + title() + ' as a table'"
      (click)="wished.emit('table')"
    >
      <ds-icon [name]="asTable() ? 'chart' : 'table'" />
    </button>
    <button
      type="button"
      class="button quiet icon"
      [attr.aria-label]="full() ? 'Leave full screen' : 'Show ' + title() + ' in full screen'"
      (click)="wished.emit('full')"
    >
      <ds-icon [name]="full() ? 'shrink' : 'grow'" />
    </button>
    <button type="button" class="button quiet icon" [cdkMenuTriggerFor]="menu" [attr.aria-label]="'More of ' + title()">
      <ds-icon name="more" />
    </button>
    <ng-template #menu>
      <div cdkMenu class="menu">
        @for (item of items; track item.wish) {
          <button type="button" cdkMenuItem class="menu-item" (cdkMenuItemTriggered)="wished.emit(item.wish)">
            <ds-icon [name]="item.icon" /><span>{{ item.words }}</span>
          </button>
        }
      </div>
    </ng-template>
  `,
  styles: `
    :host {
      display: flex;
      margin-left: auto;
    }
    .menu-item > :last-child {
      margin-left: 0;
    }
  `,
})
export class ChartMenu {
  readonly title = input.required<string>();
  readonly asTable = input.required<boolean>();
  readonly full = input.required<boolean>();
  readonly wished = output<ChartWish>();

  protected readonly items = items;
}
