import { HttpClient } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { shortestPassword } from '@docksnap/contract';
import { firstValueFrom } from 'rxjs';
import { requestTimeoutMs } from '../api/api-resource.ts';
import { toProblem } from '../api/problem.ts';
import { Session } from '../api/session.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';

/** Changes the password of whoever is logged in. All of their sessions end, so the login follows. */
@Component({
  selector: 'ds-password-form',
  imports: [SentencePipe],
  template: `
    <form (submit)="change($event, current.value, password.value, again.value)">
      <label>
        Current password
        <span class="field"
          ><input #current type="password" autocomplete="current-password" required maxlength="1024"
        /></span>
      </label>
      <label>
        New password, {{ shortest }} characters or more
        <span class="field"
          ><input
            #password
            type="password"
            autocomplete="new-password"
            required
            [attr.minlength]="shortest"
            maxlength="1024"
        /></span>
      </label>
      <label>
        New password again
        <span class="field"
          ><input #again type="password" autocomplete="new-password" required maxlength="1024"
        /></span>
      </label>
      <button type="submit" class="button primary" [disabled]="isUnderWay()">Change the password</button>
      @if (wrong()) {
        <p class="wrong" role="alert">{{ wrong() | sentence }}</p>
      }
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: var(--sp-4);
      justify-items: start;
      max-width: 360px;
    }
    label {
      display: grid;
      gap: var(--sp-2);
      width: 100%;
      color: var(--text-2);
    }
    .wrong {
      color: var(--critical-text);
    }
  `,
})
export class PasswordForm {
  readonly #http = inject(HttpClient);
  readonly #router = inject(Router);
  readonly #session = inject(Session);
  protected readonly shortest = shortestPassword;
  protected readonly wrong = signal('');
  protected readonly isUnderWay = signal(false);

  protected async change(event: Event, current: string, password: string, again: string): Promise<void> {
    event.preventDefault();
    this.wrong.set(mistake(current, password, again));
    if (this.wrong() !== '' || this.isUnderWay()) return;
    this.isUnderWay.set(true);
    try {
      const body = { current, password };
      await firstValueFrom(this.#http.post('/api/v1/auth/password', body, { timeout: requestTimeoutMs }));
      this.#session.forget();
      await this.#router.navigateByUrl('/login');
    } catch (error) {
      this.wrong.set(toProblem(error).message);
    } finally {
      this.isUnderWay.set(false);
    }
  }
}

/** What the API would refuse, and what it cannot know; empty when all is well. */
function mistake(current: string, password: string, again: string): string {
  if (password.length < shortestPassword)
    return `The new password has ${password.length} characters; ${shortestPassword} are the least.`;
  if (password !== again) return 'The new passwords differ; type the same twice.';
  return password === current ? 'The new password is the current one; choose another.' : '';
}
