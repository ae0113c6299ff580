import type { NodeProblem } from '@docksnap/contract';
import type { Refusal } from '../commit-log/refusal.ts';

/** For so long after the last refusal it is told, ms: an agent that is refused waits a minute at most. */
export const toldMs = 180_000;

interface Kept extends Refusal {
  readonly sinceMs: number;
  readonly lastMs: number;
}

/** What was refused of a node's pushes lately: the node's problems that an agent cannot tell itself. */
export class Refusals {
  private readonly kept = new Map<Refusal['reason'], Kept>();

  hear({ reason, message, pushes }: Refusal, atMs: number): void {
    const before = this.kept.get(reason);
    const goesOn = before !== undefined && atMs - before.lastMs <= toldMs;
    this.kept.set(reason, {
      reason,
      message,
      pushes: pushes + (goesOn ? before.pushes : 0),
      sinceMs: goesOn ? before.sinceMs : atMs,
      lastMs: Math.max(atMs, before?.lastMs ?? 0),
    });
  }

  problems(nowMs: number): readonly NodeProblem[] {
    return [...this.kept.values()]
      .filter(({ lastMs }) => nowMs - lastMs <= toldMs)
      .map(({ reason, message, pushes, sinceMs }) => {
        return {
          reason,
          message: `${message}; ${pushes} ${pushes === 1 ? 'push was' : 'pushes were'} refused`,
          sinceMs,
        };
      });
  }
}
