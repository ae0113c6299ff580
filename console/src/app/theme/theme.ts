import { DestroyRef, DOCUMENT, computed, effect, inject, Service, signal } from '@angular/core';
import { remember, remembered } from '../browser-storage.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const storageKey = 'docksnap.theme';

function storedChoice(): ThemeChoice {
  const stored = remembered(storageKey);
  return themeChoices.find((choice) => choice === stored) ?? 'system';
}

/** Light, dark or as the system says; remembered in this browser. early.js has applied it before the first paint. */
@Service()
export class Theme {
  readonly #document = inject(DOCUMENT);
  readonly #choice = signal(storedChoice());
  readonly #systemDark = signal(false);
  readonly choice = this.#choice.asReadonly();
  /** What is shown. */
  readonly shown = computed(() => {
    const choice = this.#choice();
    if (choice !== 'system') return choice;
    return this.#systemDark() ? 'dark' : 'light';
  });

  constructor() {
    const preference = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      this.#systemDark.set(preference.matches);
    };
    follow();
    preference.addEventListener('change', follow);
    inject(DestroyRef).onDestroy(() => {
      preference.removeEventListener('change', follow);
    });
    effect(() => {
      this.#document.documentElement.dataset['theme'] = this.shown();
    });
  }

  choose(choice: ThemeChoice): void {
    this.#choice.set(choice);
    remember(storageKey, choice);
  }
}
