import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Preferences } from './settings/preferences.ts';
import { Theme } from './theme/theme.ts';

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `<router-outlet />`,
})
export class App {
  constructor() {
    // From here on theme, density, units and time zone follow the person's choices.
    inject(Theme);
    inject(Preferences);
  }
}
