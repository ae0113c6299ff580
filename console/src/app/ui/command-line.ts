import { Clipboard } from '@angular/cdk/clipboard';
import { Component, inject, input, signal } from '@angular/core';
import { Icon } from './icon.ts';

/** A command to run elsewhere, with a button that copies it. */
@Component({
  selector: 'ds-command',
  imports: [Icon],
  template: `
    <code>{{ command() }}</code>
    <button type="button" class="button quiet icon" (click)="copy()" [attr.aria-label]="'Copy the command'">
      <ds-icon [name]="copied() ? 'done' : 'copy'" />
    </button>
    <span class="visually-hidden" aria-live="polite">{{ copied() ? 'Copied' : '' }}</span>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--sp-3);
      padding: var(--sp-3) var(--sp-3) var(--sp-3) var(--sp-4);
      border-radius: var(--r-2);
      background: var(--sunken);
    }
    code {
      flex: 1;
      min-width: 0;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      color: var(--text-2);
    }
  `,
})
export class CommandLine {
  readonly command = input.required<string>();
  readonly #clipboard = inject(Clipboard);
  protected readonly copied = signal(false);

  protected copy(): void {
    this.copied.set(this.#clipboard.copy(this.command()));
  }
}
