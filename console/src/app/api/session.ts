import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { inject, Service, signal } from '@angular/core';
import { meSchema, type Login, type Me } from '@docksnap/contract';
import { firstValueFrom } from 'rxjs';
import { remember, remembered } from '../browser-storage.ts';
import { requestTimeoutMs } from './api-resource.ts';
import { answerParser } from './unexpected-answer.ts';

const parseMe = answerParser(meSchema);

/** Remembers that somebody logged in here: without it a visitor is not asked for, which a browser logs as an error. */
const hintKey = 'docksnap.loggedIn';

/** Who looks at the console. The session itself is a cookie that scripts cannot read. */
@Service()
export class Session {
  readonly #http = inject(HttpClient);
  readonly #me = signal<Me | undefined>(undefined);
  readonly me = this.#me.asReadonly();

  /** Whether somebody is logged in, asked once; throws when the API cannot say. */
  async check(): Promise<boolean> {
    if (this.#me() !== undefined) return true;
    if (remembered(hintKey) === null) return false;
    try {
      this.#me.set(await this.#ask());
      return true;
    } catch (error) {
      if (!(error instanceof HttpErrorResponse) || error.status !== 401) throw error;
      this.forget();
      return false;
    }
  }

  /** Throws the API's refusal. */
  async logIn(login: Login): Promise<void> {
    await firstValueFrom(this.#http.post('/api/v1/auth/login', login, { timeout: requestTimeoutMs }));
    this.#me.set(await this.#ask());
    remember(hintKey, '1');
  }

  async logOut(): Promise<void> {
    await firstValueFrom(this.#http.post('/api/v1/auth/logout', null, { timeout: requestTimeoutMs }));
    this.forget();
  }

  /** The session has ended, by log-out or by itself. */
  forget(): void {
    remember(hintKey, null);
    this.#me.set(undefined);
  }

  async #ask(): Promise<Me> {
    return parseMe(await firstValueFrom(this.#http.get('/api/v1/auth/me', { timeout: requestTimeoutMs })));
  }
}
