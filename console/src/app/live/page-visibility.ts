import { DestroyRef, DOCUMENT, inject, Service, signal } from '@angular/core';

/** Whether the browser shows the page: nobody needs fresh values of one that is hidden. */
@Service()
export class PageVisibility {
  readonly #document = inject(DOCUMENT);
  readonly #isHidden = signal(this.#document.hidden);
  readonly isHidden = this.#isHidden.asReadonly();

  constructor() {
    const follow = () => {
      this.#isHidden.set(this.#document.hidden);
    };
    this.#document.addEventListener('visibilitychange', follow);
    inject(DestroyRef).onDestroy(() => {
      this.#document.removeEventListener('visibilitychange', follow);
    });
  }
}
