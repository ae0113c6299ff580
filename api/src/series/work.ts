import { limits } from '@docksnap/contract';
import { Problem } from '../problem/problem.ts';

interface Bounds {
  readonly samplesPerQuery: number;
  readonly pointsPerQuery: number;
}

/**
 * What one query has done so far: it ends with its request, and when it would take more than a query may. Throws 499
 * and 422.
 */
export class Work {
  #samples = 0;
  #points = 0;
  #nodes = 1;
  /** Nodes that were read, in parts of a node. */
  #read = 0;

  constructor(
    readonly signal: AbortSignal = new AbortController().signal,
    private readonly bounds: Bounds = limits,
  ) {}

  /** Says of how many nodes `took` will tell. */
  plan(nodes: number): void {
    this.#nodes = Math.max(1, nodes);
    this.#read = 0;
  }

  /** Takes down samples that were looked at, in a share of one node's time. */
  took(samples: number, share: number): void {
    this.signal.throwIfAborted();
    this.#samples += samples;
    this.#read += share;
    const most = this.bounds.samplesPerQuery;
    if (this.#samples <= most) return;
    const asked = Math.round((this.#samples * this.#nodes) / Math.max(this.#read, Number.EPSILON));
    throw tooMuch(
      `this query reads about ${asked} samples, more than ${most}; ` +
        'ask for a shorter range, for steps of 300 seconds or more, which are read from sums, or for fewer containers',
      { asked, limit: most },
    );
  }

  /** Takes down points that are held in memory until the answer is there. */
  holds(points: number): void {
    this.#points += points;
    const most = this.bounds.pointsPerQuery;
    if (this.#points <= most) return;
    throw tooMuch(
      `this query holds ${this.#points} points (series x steps) or more, more than ${most}; ` +
        'ask for larger steps, a shorter range, fewer metrics, or a workload or namespace instead of everything',
      { asked: this.#points, limit: most },
    );
  }
}

function tooMuch(message: string, members: { readonly asked: number; readonly limit: number }): Problem {
  return new Problem(422, 'too_much_work', message, { members });
}
