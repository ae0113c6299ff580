import { Component, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { toProblem, type Problem } from '../api/problem.ts';
import { Session } from '../api/session.ts';
import { Brand } from '../ui/brand.ts';
import { CommandLine } from '../ui/command-line.ts';
import { Mark } from '../ui/mark.ts';
import { returnUrl } from './return-url.ts';

@Component({
  selector: 'ds-login-page',
  imports: [Brand, CommandLine, Mark],
  templateUrl: './login-page.html',
  styleUrl: './login-page.css',
})
export class LoginPage {
  /** Bound from the query: where the person wanted to go. */
  readonly return = input<string>();
  /** Bound from the query: the session ended while a page was open. */
  readonly ended = input<string>();

  readonly #session = inject(Session);
  readonly #router = inject(Router);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | undefined>(undefined);
  protected readonly passwordCommand =
    "kubectl -n docksnap get secret docksnap-admin \\\n  -o jsonpath='{.data.password}' | base64 -d";

  protected async logIn(event: Event, username: string, password: string): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await this.#session.logIn({ username, password });
      await this.#router.navigateByUrl(returnUrl(this.return()));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
