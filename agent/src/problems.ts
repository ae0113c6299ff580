import type { NodeProblem } from '@docksnap/contract';
import type { Log } from './log.ts';

export type ProblemReason = NodeProblem['reason'];

/** Longest message that the contract takes. */
const messageLength = 2048;

/** What is wrong now, each since when: the agent's own conditions. One problem per part of the agent at a time. */
export class Problems {
  readonly #current = new Map<string, NodeProblem>();
  readonly #wallMs: () => number;
  readonly #log: Log;

  constructor(wallMs: () => number, log: Log) {
    this.#wallMs = wallMs;
    this.#log = log;
  }

  /** Sets what is wrong with a part; logged when it is new. */
  set(part: string, reason: ProblemReason, message: string): void {
    const before = this.#current.get(part);
    const sinceMs = before?.reason === reason ? before.sinceMs : this.#wallMs();
    this.#current.set(part, { reason, message: message.slice(0, messageLength), sinceMs });
    if (before?.reason !== reason) this.#log.warn(message, { reason, part });
  }

  /** That part works. */
  clear(part: string): void {
    const before = this.#current.get(part);
    if (!this.#current.delete(part) || before === undefined) return;
    this.#log.info(`${part} works again`, { reason: before.reason, part });
  }

  list(): NodeProblem[] {
    return [...this.#current.values()];
  }
}
