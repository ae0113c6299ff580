import { DOCUMENT, effect, inject, Service, signal, type WritableSignal } from '@angular/core';
import { remember, remembered } from '../browser-storage.ts';
import { byteBase, timeZone } from '../units.ts';

/** What a person can choose, first the default. */
export const preferenceChoices = {
  density: ['comfortable', 'compact'],
  timeZone: ['local', 'UTC'],
  byteBase: ['binary', 'decimal'],
  keys: ['on', 'off'],
} as const;

type Choices = typeof preferenceChoices;
export type PreferenceName = keyof Choices;
export type Preference<Name extends PreferenceName> = Choices[Name][number];

function stored<Name extends PreferenceName>(name: Name): Preference<Name> {
  const choices: readonly Preference<Name>[] = preferenceChoices[name];
  const value = remembered(`docksnap.${name}`);
  return choices.find((choice) => choice === value) ?? preferenceChoices[name][0];
}

/** How a person wants to see the console, remembered in this browser. The theme is Theme's. */
@Service()
export class Preferences {
  readonly #document = inject(DOCUMENT);
  readonly density = signal(stored('density'));
  readonly keys = signal(stored('keys'));
  readonly timeZone = timeZone;
  readonly byteBase = byteBase;

  constructor() {
    timeZone.set(stored('timeZone'));
    byteBase.set(stored('byteBase'));
    this.#keep('density', this.density);
    this.#keep('keys', this.keys);
    this.#keep('timeZone', timeZone);
    this.#keep('byteBase', byteBase);
    effect(() => {
      const { dataset } = this.#document.documentElement;
      if (this.density() === 'compact') dataset['density'] = 'compact';
      else delete dataset['density'];
    });
  }

  toggleDensity(): void {
    this.density.update((density) => (density === 'compact' ? 'comfortable' : 'compact'));
  }

  #keep<Name extends PreferenceName>(name: Name, value: WritableSignal<Preference<Name>>): void {
    effect(() => {
      const choice = value();
      remember(`docksnap.${name}`, choice === preferenceChoices[name][0] ? null : choice);
    });
  }
}
