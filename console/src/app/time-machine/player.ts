import { DestroyRef, effect, inject, signal, type Signal } from '@angular/core';

/** How fast the past passes: so many ms of it each second. */
export const paces = [
  { key: '10s', words: '10 s a second', stepMs: 10_000 },
  { key: '1m', words: '1 min a second', stepMs: 60_000 },
  { key: '10m', words: '10 min a second', stepMs: 600_000 },
] as const;

const tickMs = 1000;

/** Moves the cursor on by itself, one step a second, and never past an answer that is still under way. */
export class Player {
  readonly #playing = signal(false);
  readonly isPlaying = this.#playing.asReadonly();
  readonly pace = signal<(typeof paces)[number]>(paces[1]);

  /** `step` moves the cursor and returns false at the end. */
  constructor(isBusy: Signal<boolean>, step: (byMs: number) => boolean) {
    let timer: ReturnType<typeof setInterval> | undefined;
    effect(() => {
      clearInterval(timer);
      if (!this.#playing()) return;
      const { stepMs } = this.pace();
      timer = setInterval(() => {
        if (!isBusy() && !step(stepMs)) this.#playing.set(false);
      }, tickMs);
    });
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  toggle(): void {
    this.#playing.update((playing) => !playing);
  }

  stop(): void {
    this.#playing.set(false);
  }
}
