import { DestroyRef, DOCUMENT, inject, signal, type Signal } from '@angular/core';

/** Whether an element fills the screen, and the way there and back. */
export class FullScreen {
  readonly #document = inject(DOCUMENT);
  readonly #element: () => HTMLElement;
  readonly #isOn = signal(false);
  readonly isOn: Signal<boolean> = this.#isOn.asReadonly();

  constructor(element: () => HTMLElement) {
    this.#element = element;
    const follow = () => {
      this.#isOn.set(this.#document.fullscreenElement === element());
    };
    this.#document.addEventListener('fullscreenchange', follow);
    inject(DestroyRef).onDestroy(() => {
      this.#document.removeEventListener('fullscreenchange', follow);
    });
  }

  async toggle(): Promise<void> {
    if (this.#isOn()) await this.#document.exitFullscreen();
    else await this.#element().requestFullscreen();
  }
}
