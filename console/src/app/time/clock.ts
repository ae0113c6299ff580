import { DestroyRef, inject, InjectionToken, Service, signal } from '@angular/core';

/** The browser's time, unix ms. */
export const browserNow = new InjectionToken<() => number>('browserNow', { factory: () => () => Date.now() });

const toleratedSkewMs = 2000;

/** The API's time as far as it is known: ages must not suffer from a browser's wrong clock. Ticks each second. */
@Service()
export class Clock {
  readonly #browserNow = inject(browserNow);
  #offsetMs = 0;
  readonly #now = signal(this.#browserNow());
  /** Unix ms, for templates: changes once a second. */
  readonly now = this.#now.asReadonly();

  constructor() {
    const timer = setInterval(() => {
      this.#now.set(this.read());
    }, 1000);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  /** Unix ms, for decisions. */
  read(): number {
    return this.#browserNow() + this.#offsetMs;
  }

  /** Learns from the Date of an answer, which is exact to a second: small differences are not corrected. */
  learn(serverMs: number): void {
    const offsetMs = serverMs - this.#browserNow();
    this.#offsetMs = Math.abs(offsetMs) > toleratedSkewMs ? offsetMs : 0;
  }
}
