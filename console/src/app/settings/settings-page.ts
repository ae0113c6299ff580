import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Session } from '../api/session.ts';
import { Theme, themeChoices } from '../theme/theme.ts';
import { Choice, type Option } from './choice.ts';
import { PasswordForm } from './password-form.ts';
import { preferenceChoices, Preferences } from './preferences.ts';

const words: Readonly<Record<string, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  comfortable: 'Comfortable',
  compact: 'Compact',
  local: 'This browser’s',
  UTC: 'UTC',
  binary: 'MiB, GiB (1024)',
  decimal: 'MB, GB (1000)',
  on: 'On',
  off: 'Off',
};

function options(values: readonly string[]): readonly Option[] {
  return values.map((value) => ({ value, words: words[value] ?? value }));
}

/** How this person wants to see the console, and their account. */
@Component({
  selector: 'ds-settings-page',
  imports: [Choice, PasswordForm, RouterLink],
  templateUrl: './settings-page.html',
  styles: `
    .panel {
      max-width: 860px;
    }
    .account {
      display: grid;
      gap: var(--sp-4);
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-5);
    }
    p {
      color: var(--text-2);
    }
  `,
})
export class SettingsPage {
  readonly #session = inject(Session);
  readonly #theme = inject(Theme);
  readonly #preferences = inject(Preferences);

  protected readonly user = computed(() => this.#session.me()?.username ?? 'nobody');
  protected readonly scope = computed(() => {
    const scope = this.#session.me()?.scope;
    if (scope === undefined) return 'not known';
    return scope.kind === 'all' ? 'everything' : `the namespaces ${scope.namespaces.join(', ')}`;
  });
  protected readonly choices = [
    this.#choice('Theme', themeChoices, this.#theme.choice, (value) => {
      this.#theme.choose(value);
    }),
    this.#choice('Density', preferenceChoices.density, this.#preferences.density, (value) => {
      this.#preferences.density.set(value);
    }),
    this.#choice('Time zone', preferenceChoices.timeZone, this.#preferences.timeZone, (value) => {
      this.#preferences.timeZone.set(value);
    }),
    this.#choice('Memory in', preferenceChoices.byteBase, this.#preferences.byteBase, (value) => {
      this.#preferences.byteBase.set(value);
    }),
    this.#choice('Keyboard shortcuts', preferenceChoices.keys, this.#preferences.keys, (value) => {
      this.#preferences.keys.set(value);
    }),
  ];

  #choice<Value extends string>(
    legend: string,
    values: readonly Value[],
    current: () => Value,
    choose: (value: Value) => void,
  ) {
    return {
      legend,
      options: options(values),
      current: (): string => current(),
      choose: (value: string) => {
        const chosen = values.find((one) => one === value);
        if (chosen !== undefined) choose(chosen);
      },
    };
  }
}
