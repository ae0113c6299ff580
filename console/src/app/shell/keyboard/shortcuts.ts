import { Clipboard } from '@angular/cdk/clipboard';
import { Dialog } from '@angular/cdk/dialog';
import { DestroyRef, DOCUMENT, inject, Service } from '@angular/core';
import { Router } from '@angular/router';
import { Preferences } from '../../settings/preferences.ts';
import { Theme } from '../../theme/theme.ts';
import { PageTime } from '../../time/page-time.ts';
import { parseRange } from '../../time/time-range.ts';
import { KeyReader } from './shortcut-table.ts';

const timeVerbs = new Set(['last', 'move', 'scale', 'back', 'live']);
const fields = 'input, select, textarea, [contenteditable]';

/** Does what keys ask for, anywhere but in fields and dialogs. Ctrl-K works everywhere. */
@Service()
export class Shortcuts {
  readonly #document = inject(DOCUMENT);
  readonly #router = inject(Router);
  readonly #dialog = inject(Dialog);
  readonly #clipboard = inject(Clipboard);
  readonly #time = inject(PageTime);
  readonly #theme = inject(Theme);
  readonly #preferences = inject(Preferences);
  readonly #reader = new KeyReader();
  /** A dialog's code is on its way: a second key opens no second one. */
  #isOpening = false;

  /** Listens until the injection context that it is called in ends. */
  listen(): void {
    const press = (event: KeyboardEvent) => {
      this.#press(event);
    };
    this.#document.addEventListener('keydown', press);
    inject(DestroyRef).onDestroy(() => {
      this.#document.removeEventListener('keydown', press);
    });
  }

  async openPalette(): Promise<void> {
    await this.#once(async () => {
      const { Palette } = await import('../palette/palette.ts');
      const palette = this.#dialog.open<string | null>(Palette, { ariaLabel: 'Command palette' });
      palette.closed.subscribe((action) => {
        if (typeof action === 'string') void this.#grant(action);
      });
    });
  }

  async openHelp(): Promise<void> {
    await this.#once(async () => {
      const { KeyboardHelp } = await import('./keyboard-help.ts');
      this.#dialog.open(KeyboardHelp, { ariaLabel: 'Keyboard' });
    });
  }

  async #once(open: () => Promise<void>): Promise<void> {
    if (this.#isOpening || this.#dialog.openDialogs.length > 0) return;
    this.#isOpening = true;
    try {
      await open();
    } finally {
      this.#isOpening = false;
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const isPalette = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k';
    const wish = isPalette ? 'palette' : this.#wish(event);
    if (wish === null) return;
    event.preventDefault();
    void this.#grant(wish);
  }

  /** What a plain key asks for: nothing in fields, in dialogs, and where keys are switched off. */
  #wish(event: KeyboardEvent): string | null {
    const inField = event.target instanceof Element && event.target.closest(fields) !== null;
    const isOff = this.#preferences.keys() === 'off' || this.#dialog.openDialogs.length > 0;
    if (event.ctrlKey || event.metaKey || inField || isOff) return null;
    return this.#reader.read(event.key, event.timeStamp);
  }

  async #grant(wish: string): Promise<void> {
    const [verb = '', object = ''] = wish.split(' ');
    // A page without a time bar has no time that somebody would see change.
    if (timeVerbs.has(verb) && !this.#time.isRuled()) return;
    const verbs: Readonly<Record<string, () => unknown>> = {
      palette: async () => this.openPalette(),
      help: async () => this.openHelp(),
      go: async () => this.#router.navigate([object], { queryParams: this.#time.params() }),
      filter: async () => this.#filter(),
      link: () => this.#clipboard.copy(this.#time.permalink()),
      theme: () => {
        this.#theme.choose(this.#theme.shown() === 'dark' ? 'light' : 'dark');
      },
      density: () => {
        this.#preferences.toggleDensity();
      },
      last: () => {
        this.#time.show(parseRange({ last: object }).range);
      },
      move: () => {
        this.#time.move(Number(object));
      },
      scale: () => {
        this.#time.scale(Number(object));
      },
      back: () => {
        this.#time.back();
      },
      live: () => {
        if (this.#time.range().kind === 'last') this.#time.hold();
        else this.#time.show(parseRange({}).range);
      },
    };
    await verbs[verb]?.();
  }

  /** The page's own filter where it has one. */
  async #filter(): Promise<void> {
    const filter = this.#document.querySelector<HTMLInputElement>('[data-filter]');
    if (filter === null) await this.openPalette();
    else filter.focus();
  }
}
