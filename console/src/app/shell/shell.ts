import { CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuGroup, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Session } from '../api/session.ts';
import { Theme, themeChoices } from '../theme/theme.ts';
import { PageTime } from '../time/page-time.ts';
import { Brand } from '../ui/brand.ts';
import { Icon } from '../ui/icon.ts';
import { Shortcuts } from './keyboard/shortcuts.ts';
import { LostConnection } from './lost-connection.ts';

/** Whether the page's path alone counts, or those below it too; its query never does. */
const within = { paths: 'subset', queryParams: 'ignored', fragment: 'ignored', matrixParams: 'ignored' } as const;
const exactly = { ...within, paths: 'exact' } as const;

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
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly time = inject(PageTime);
  protected readonly pages = [
    { path: '/', name: 'Fleet', icon: 'fleet', active: exactly },
    { path: '/workloads', name: 'Workloads', icon: 'workloads', active: within },
    { path: '/containers', name: 'Containers', icon: 'containers', active: within },
    { path: '/compare', name: 'Compare', icon: 'compare', active: within },
    { path: '/events', name: 'Events', icon: 'events', active: within },
    { path: '/time-machine', name: 'Time machine', icon: 'past', active: within },
  ] as const;
  protected readonly themes = themeChoices.map((choice) => ({
    choice,
    name: { system: 'As the system', light: 'Light', dark: 'Dark' }[choice],
  }));
  protected readonly user = computed(() => this.#session.me()?.username ?? '');
  protected readonly initials = computed(() => this.user().slice(0, 2).toUpperCase());

  constructor() {
    this.shortcuts.listen();
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
