import type { NodeProblem } from '@docksnap/contract';

/** Pushes of one node that were refused for the same reason, as replicas tell each other. */
export interface Refusal {
  readonly reason: Extract<NodeProblem['reason'], 'AgentCloned' | 'AgentOverLimit'>;
  readonly message: string;
  readonly pushes: number;
}
