import type { TickEvent } from '@docksnap/contract';
import type { Observable } from 'rxjs';

/**
 * Ticks since they were last taken, at most one per node: a reader that is slow gets fewer events, and never more
 * memory.
 */
export class Changes {
  private pending = new Map<string, number>();
  private wake: (() => void) | undefined;

  /** Until the signal is aborted. */
  constructor(
    ticks: Observable<TickEvent>,
    matters: (nodeId: string) => boolean,
    private readonly signal: AbortSignal,
  ) {
    const subscription = ticks.subscribe(({ nodeId, tickMs }) => {
      if (!matters(nodeId)) return;
      this.pending.set(nodeId, tickMs);
      this.wake?.();
    });
    const stop = (): void => {
      subscription.unsubscribe();
      this.wake?.();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }

  /** Resolves with what changed: at once when something has, else when it does; empty after a time, or when stopped. */
  async next(withinMs: number): Promise<readonly TickEvent[]> {
    if (this.pending.size === 0 && !this.signal.aborted) await this.wait(withinMs);
    const taken = [...this.pending].map(([nodeId, tickMs]) => ({ nodeId, tickMs }));
    this.pending = new Map();
    return taken;
  }

  private async wait(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
