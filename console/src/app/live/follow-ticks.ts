import { DestroyRef, inject } from '@angular/core';
import { LiveStream } from './live-stream.ts';

/** A list is asked for again at most this often, however many nodes push. */
const refreshEveryMs = 5000;

/** Keeps a list fresh while its page is open: each node's push is a hint that there is something new. */
export function followTicks(refresh: () => void): void {
  const stream = inject(LiveStream);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh();
    }, refreshEveryMs);
  };
  stream.follow('/api/v1/stream', {
    events: { tick: refreshSoon },
    resumed: refresh,
    lost: () => {
      refreshSoon();
    },
  });
  inject(DestroyRef).onDestroy(() => {
    clearTimeout(timer);
    stream.stop();
  });
}
