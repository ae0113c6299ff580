import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { chartKeys, shortcutGroups } from './shortcut-table.ts';

/** All keys, by where they belong. */
@Component({
  selector: 'ds-keyboard-help',
  template: `
    <header>
      <h2>Keyboard</h2>
      <p class="quiet">Keys do nothing while you type in a field. Settings can switch them off.</p>
      <button type="button" class="button" (click)="dialog.close()">Close <span class="key">Esc</span></button>
    </header>
    <div class="groups">
      @for (group of groups; track group.name) {
        <section [attr.aria-label]="group.name">
          <h3>{{ group.name }}</h3>
          <dl>
            @for (shortcut of group.shortcuts; track shortcut.keys) {
              <div>
                <dt>{{ shortcut.words }}</dt>
                <dd>
                  @for (key of shortcut.keys.split(' '); track $index) {
                    <kbd class="key">{{ key }}</kbd>
                  }
                </dd>
              </div>
            }
          </dl>
        </section>
      }
    </div>
  `,
  styleUrl: './keyboard-help.css',
})
export class KeyboardHelp {
  protected readonly dialog = inject(DialogRef);
  protected readonly groups = [...shortcutGroups, { name: 'Chart, when it has the focus', shortcuts: chartKeys }];
}
