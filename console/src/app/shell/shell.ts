import { CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuGroup, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Session } from '../api/session.ts';
import { Theme, themeChoices } from '../theme/theme.ts';
import { Brand } from '../ui/brand.ts';
import { Icon } from '../ui/icon.ts';
import { LostConnection } from './lost-connection.ts';

/** What surrounds every page: top bar, the banner of a lost connection, on narrow screens a tab bar. */
@Component({
  selector: 'ds-shell',
  imports: [
    Brand,
    CdkMenu,
    CdkMenuGroup,
    CdkMenuItem,
    CdkMenuItemRadio,
    CdkMenuTrigger,
    Icon,
    LostConnection,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
})
export class Shell {
  readonly #router = inject(Router);
  readonly #session = inject(Session);
  protected readonly theme = inject(Theme);
  protected readonly pages = [
    { path: '/', name: 'Fleet', icon: 'fleet', exact: true },
    { path: '/workloads', name: 'Workloads', icon: 'workloads', exact: false },
    { path: '/containers', name: 'Containers', icon: 'containers', exact: false },
  ] as const;
  protected readonly themes = themeChoices.map((choice) => ({
    choice,
    name: { system: 'As the system', light: 'Light', dark: 'Dark' }[choice],
  }));
  protected readonly user = computed(() => this.#session.me()?.username ?? '');
  protected readonly initials = computed(() => this.user().slice(0, 2).toUpperCase());

  protected search(event: Event, words: string): void {
    event.preventDefault();
    void this.#router.navigate(['/containers'], { queryParams: { q: words.trim() === '' ? null : words.trim() } });
  }

  protected async logOut(): Promise<void> {
    await this.#session.logOut();
    await this.#router.navigateByUrl('/login');
  }

  protected skip(event: Event, page: HTMLElement): void {
    event.preventDefault();
    page.focus();
  }
}
