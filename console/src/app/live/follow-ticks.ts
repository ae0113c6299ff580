import { DestroyRef, effect, inject, untracked } from '@angular/core';
import { LiveStream } from './live-stream.ts';
import { PageVisibility } from './page-visibility.ts';

/** A list is asked for again at most this often, however many nodes push. */
const refreshEveryMs = 5000;

/** Keeps a list fresh while its page is open and seen: each node's push is a hint that there is something new. */
export function followTicks(refresh: () => void): void {
  const stream = inject(LiveStream);
  const visibility = inject(PageVisibility);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasHidden = false;
  const refreshSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh();
    }, refreshEveryMs);
  };
  const subscription = { events: { tick: refreshSoon }, resumed: refresh, lost: refreshSoon };
  effect(() => {
    const isHidden = visibility.isHidden();
    untracked(() => {
      if (isHidden) stream.stop();
      else {
        if (wasHidden) refresh();
        stream.follow('/api/v1/stream', subscription);
      }
      wasHidden = isHidden;
    });
  });
  inject(DestroyRef).onDestroy(() => {
    clearTimeout(timer);
    stream.stop();
  });
}
